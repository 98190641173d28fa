"""How each state of an operation, and of a step, looks: a sign and a few words, never colour alone."""

from collections.abc import Mapping
from dataclasses import replace

from bot.operation import TITLES, Door, Operation, Report, State, StepState
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


NOT_WELL = "🔴"  # something that was asked for is missing


def headline(report: Report, speak: Speaker) -> str:
    """The first line of every message about an operation: sign, number, state."""
    operation = report.operation
    title = speak.text(TITLES[operation.state], 200)
    return f"{sign(report)} *#{operation.number} · {title}*"


def sign(report: Report) -> str:
    """Nothing looks well that is not: every step may be done, and something still be missing."""
    operation = report.operation
    missing = report.told is not None and not report.told.well and operation.state is State.DONE
    return NOT_WELL if missing else SIGNS[operation.state]


def asked(operation: Operation) -> Words:
    """Who asked, and by which door."""
    ask = operation.ask
    text = _ASKED[ask.door]
    if ask.door is Door.CLOCK:
        return replace(text, values=(("person", ask.asker.person), ("schedule", ask.schedule)))
    return replace(text, values=(("person", ask.asker.person),))


_ASKED: Mapping[Door, Words] = {
    Door.SLASH: words("asked by {person} with a slash command"),
    Door.MENTION: words("asked by {person} with a mention"),
    Door.CLOCK: words("asked by the schedule {schedule} of {person}"),
    Door.BUTTON: words("asked by {person} with a button"),
    Door.CLI: words("asked by {person} on the command line"),
    Door.FORM: words("asked by {person} with a form"),
    Door.EVENT: words("asked by a rule about events, with the rights of {person}"),
}
"""Each with its places still to be filled."""
