"""How each state of an operation, and of a step, looks: a sign and a few words, never colour alone."""

from collections.abc import Mapping

from bot.operation import TITLES, Door, Operation, State, StepState
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
        case Door.FORM:
            return words("asked by {person} with a form", person=person)
