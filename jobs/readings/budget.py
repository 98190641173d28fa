"""AWS Budgets: a budget that is used up, or will be.

Source: "Creating an Amazon SNS topic for budget notifications" (AWS Cost Management user guide).  What comes
by SNS is a letter with a line for each figure.  EventBridge's reference describes no such event; one that
somebody puts there is read by the names of the Budgets API reference.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.event import Event
from bot.plan import Offer
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import naming
from jobs.readings.fields import amount, at, clipped, prose, text

_LINE = re.compile(r"^[ \t]*([A-Za-z][A-Za-z ]{2,40}):[ \t]*(\S.{0,200}?)[ \t\r]*$", re.MULTILINE)
_LETTER = 20_000  # characters of a letter


def read(event: Event) -> Reading:
    """What a budget says.  Raises ValueError when none is named."""
    figures = _letter(event) or _fields(event)
    name = figures.get("budget name", "")
    if not name:
        raise ValueError("a notification of no budget")
    kind = figures.get("alert type", "").upper()
    used, limit = (figures.get(one, "") for one in (f"{kind.lower()} amount", "budgeted amount"))
    return Reading(
        subject=f"budget:{event.account}/{name}"[:300],
        phase=Phase.TELLS,
        title=_title(clipped(name, 60), kind, clipped(used, 25), clipped(limit, 25)),
        severity=Severity.WARNING,
        facts=tuple(_facts(figures)),
        names=naming.names(event, budget=naming.name(name)),
        offers=(
            Offer(words("This month"), "cost month"),
            Offer(words("What moved?"), "cost why"),
        ),
        cause=naming.cause(event, "Budgets"),
    )


def _title(budget: str, kind: str, used: str, limit: str) -> Words:
    if not used or not limit:
        return words("The budget {budget} has reached its threshold", budget=budget)
    named = {"budget": budget, "used": used, "limit": limit}
    if kind == "FORECASTED":
        return words("The budget {budget} will be at {used} of {limit}", **named)
    return words("The budget {budget} is at {used} of {limit}", **named)


def _letter(event: Event) -> dict[str, str]:
    """The figures of a letter, by their names in small letters."""
    message = at(event.detail, "message")
    found = _LINE.findall(message[:_LETTER]) if isinstance(message, str) else []
    return {name.lower().strip(): text(value) for name, value in found}


def _fields(event: Event) -> dict[str, str]:
    detail = event.detail
    kind = text(detail, "notificationType").upper() or "ACTUAL"
    spent = at(detail, "calculatedSpend") or detail
    figures = {
        "budget name": text(detail, "budgetName"),
        "budget type": text(detail, "budgetType"),
        "alert type": kind,
        "alert threshold": text(detail, "threshold")
        + ("%" if text(detail, "thresholdType") == "PERCENTAGE" else ""),
        "budgeted amount": _money(at(detail, "budgetLimit")),
        "actual amount": _money(at(spent, "actualSpend")),
        "forecasted amount": _money(at(spent, "forecastedSpend")),
    }
    return {name: value for name, value in figures.items() if value}


def _money(spend: object) -> str:
    found = amount(spend, "amount")
    return f"{found.quantize(Decimal('0.01')):,} {text(spend, 'unit')}".strip() if found is not None else ""


def _facts(figures: Mapping[str, str]) -> Iterator[Words]:
    if threshold := figures.get("alert threshold"):
        yield words("threshold {threshold}", threshold=threshold)
    if kind := figures.get("alert type"):
        yield words("by what was spent") if kind.upper() == "ACTUAL" else words("by AWS's forecast")
    if sort := figures.get("budget type"):
        yield words("type {type}", type=prose(sort))
