"""How each state of an operation, and of a step, looks: a sign and a few words, never colour alone."""

from collections.abc import Mapping

from bot.operation import Door, Operation, State, StepState
from bot.views.speaker import Speaker
from bot.words import Words, words

SIGNS: Mapping[State, str] = {
    State.ASKED: "👀",
    State.WAITING: "✋",
    State.QUEUED: "⏳",
    State.RUNNING: "🔄",
    State.ANSWERED: "📋",
    State.REFUSED: "⛔",
    State.DENIED: "🚫",
    State.EXPIRED: "⌛",
    State.CANCELLED: "⏹️",
    State.DONE: "✅",
    State.PARTLY: "⚠️",
    State.FAILED: "❌",
    State.UNKNOWN: "❓",
}
TITLES: Mapping[State, Words] = {
    State.ASKED: words("looking at AWS"),
    State.WAITING: words("waiting for approval"),
    State.QUEUED: words("about to begin"),
    State.RUNNING: words("under way"),
    State.ANSWERED: words("answered"),
    State.REFUSED: words("refused"),
    State.DENIED: words("denied"),
    State.EXPIRED: words("expired"),
    State.CANCELLED: words("cancelled"),
    State.DONE: words("done"),
    State.PARTLY: words("partly done"),
    State.FAILED: words("failed"),
    State.UNKNOWN: words("outcome unknown, please look"),
}
STEP_SIGNS: Mapping[StepState, str] = {
    StepState.PLANNED: "▫️",
    StepState.SENT: "📤",
    StepState.AWAITING: "⏳",
    StepState.DONE: "✅",
    StepState.FAILED: "❌",
    StepState.SKIPPED: "⏭️",
    StepState.UNKNOWN: "❓",
}


def headline(operation: Operation, speak: Speaker) -> str:
    """The first line of every message about an operation: sign, number, state."""
    title = speak.text(TITLES[operation.state], 200)
    return f"{SIGNS[operation.state]} *#{operation.number} · {title}*"


def asked(operation: Operation) -> Words:
    """Who asked, and by which door."""
    ask = operation.ask
    person = ask.asker.person
    match ask.door:
        case Door.SLASH:
            return words("asked by {person} with a slash command", person=person)
        case Door.MENTION:
            return words("asked by {person} with a mention", person=person)
        case Door.CLOCK:
            return words("asked by the schedule {schedule} of {person}", schedule=ask.schedule, person=person)
        case Door.BUTTON:
            return words("asked by {person} with a button", person=person)
        case Door.CLI:
            return words("asked by {person} on the command line", person=person)
