"""How an operation went, as its verb tells it: in one line, and in a few more below it."""

from bot.operation import Operation, Report
from bot.views.progress import tally
from bot.views.speaker import Speaker
from bot.views.states import NOT_WELL
from bot.words import plural, words

_SUMMARY, _LINE, SHOWN = 500, 200, 6


def outcome(report: Report, speak: Speaker) -> list[str]:
    """The verb's own words, or every step counted; each a line."""
    told, took = report.told, lasted(report.operation, speak)
    if told is None:
        return [f"{tally(report, speak)}{took}"]
    sign = "" if told.well else f"{NOT_WELL} "
    below = [f"• {speak.text(line, _LINE)}" for line in told.lines[:SHOWN]]
    if (more := len(told.lines) - SHOWN) > 0:
        below.append(speak.text(plural("… and {n} more", "… and {n} more", more), 60))
    return [f"{sign}*{speak.text(told.summary, _SUMMARY)}*{took}", *below]


def lasted(operation: Operation, speak: Speaker) -> str:
    """How long it took, to stand behind something else; "" while it lasts."""
    if not operation.started or not operation.ended:
        return ""
    took = words("took {length}", length=operation.ended - operation.started)
    return f" · {speak.text(took, 100)}"
