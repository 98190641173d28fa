"""Replies in a card's thread: what needs a person, and every end, with a mention.

An edit of the card notifies nobody; a reply does.
"""

from bot.operation import ENDS, Door, Report, State
from bot.views.approval import denials, people
from bot.views.blocks import paragraph
from bot.views.message import Message
from bot.views.speaker import Speaker
from bot.views.states import headline
from bot.views.text import mention
from bot.views.told import outcome
from bot.words import Words, words


def reply(report: Report, speak: Speaker) -> Message:
    """Ask whoever could approve, or tell the asker how it stands."""
    operation = report.operation
    lines = [_opening(report, speak)]
    if operation.plan and report.told is None:
        lines.append(speak.text(operation.plan.summary, 600))
    if operation.state in ENDS and operation.started:
        lines += outcome(report, speak)
    lines += [speak.text(said, 500) for said in _why(report)]
    return Message.of(paragraph(lines))


def _opening(report: Report, speak: Speaker) -> str:
    operation = report.operation
    if operation.state is State.WAITING and operation.could_approve:
        asks = words(
            "{people}: please look at #{number}",
            people=people(operation.could_approve),
            number=operation.number,
        )
        return f"✋ {speak.text(asks, 400)}"
    if report.told and report.told.well and operation.ask.door is Door.CLOCK:
        return headline(report, speak)  # a good night wakes nobody
    return f"{mention(operation.ask.asker.person)} {headline(report, speak)}"


def _why(report: Report) -> list[Words]:
    """The reason of an end, what to do about it, and what nobody could approve."""
    operation = report.operation
    said = [operation.reason] if operation.reason else []
    match operation.state:
        case State.WAITING if not operation.could_approve:
            said.append(words("nobody can approve this: ask whoever keeps the policy"))
        case State.DENIED:
            said += denials(report)
        case State.UNKNOWN:
            said.append(words("look at the steps marked ❓ in AWS before asking again"))
        case State.FAILED | State.PARTLY if report.total and report.told is None:
            said.append(words("the card names each step that failed and why"))
    return said
