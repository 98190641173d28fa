"""AWS Cost Anomaly Detection: costs that AWS finds unusual, and whose they are.

Source: "Using EventBridge with Cost Anomaly Detection" and "Getting started with AWS Cost Anomaly Detection"
(AWS Cost Management user guide); by SNS the dimension is called dimensionalValue.  Amounts are in dollars.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.event import Event
from bot.plan import Offer
from bot.trouble import Phase, Reading, Severity
from bot.words import Words, words
from jobs.readings import naming
from jobs.readings.fields import amount, clipped, items, short, text

KINDS = ("Anomaly Detected",)
CAUSES = 5
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read(event: Event) -> Reading:
    """What is unusual.  Raises ValueError when nothing names it."""
    detail = event.detail
    number = text(detail, "anomalyId", most=200)
    if not number:
        raise ValueError("an anomaly without a name")
    of = text(detail, "dimensionValue") or text(detail, "dimensionalValue") or text(detail, "monitorName")
    impact = amount(detail, "impact", "totalImpact")
    last = _day(text(detail, "anomalyEndDate")) or _day(text(detail, "anomalyStartDate"))
    return Reading(
        subject=f"cost-anomaly:{number}",
        phase=Phase.TELLS,
        title=words(
            "Unusual costs: {amount} more than expected of {service}",
            amount=_dollars(impact) or "?",
            service=clipped(of, 60) or "–",
        ),
        severity=Severity.WARNING,
        facts=tuple(_facts(event)),
        names=naming.names(event, day=last),
        offers=(Offer(words("What moved?"), f"cost why {last}".strip()),),
        cause=naming.cause(event, "Cost Anomaly Detection"),
    )


def _facts(event: Event) -> Iterator[Words]:
    impact = event.detail.get("impact")
    actual, expected = amount(impact, "totalActualSpend"), amount(impact, "totalExpectedSpend")
    percent = amount(impact, "totalImpactPercentage")
    if actual is not None and expected is not None:
        yield words("{actual} instead of {expected}", actual=_dollars(actual), expected=_dollars(expected))
    if percent is not None:
        yield words("{percent}% more", percent=short(percent))
    first, last = _day(text(event.detail, "anomalyStartDate")), _day(text(event.detail, "anomalyEndDate"))
    if first:
        yield words("from {first} until {last}", first=first, last=last or first)
    for one in items(event.detail, "rootCauses")[:CAUSES]:
        yield from _cause(one)
    if monitor := text(event.detail, "monitorName"):
        yield words("found by the monitor {monitor}", monitor=monitor)
    if link := text(event.detail, "anomalyDetailsLink", most=280):
        yield words("details: {link}", link=link)


def _cause(one: object) -> Iterator[Words]:
    account = text(one, "linkedAccountName") or text(one, "linkedAccount")
    parts = (text(one, "service"), text(one, "region"), text(one, "usageType"), account)
    said, part = " · ".join(filter(None, parts)), amount(one, "impact", "contribution")
    if said and part is not None:
        yield words("{cause}: {amount}", cause=said, amount=_dollars(part))
    elif said:
        yield words("{cause}", cause=said)


def _dollars(value: Decimal | None) -> str:
    return f"${value.quantize(Decimal('0.01')):,}" if value is not None else ""


def _day(said: str) -> str:
    """The date of 2026-11-22T00:00:00Z; "" for what is none."""
    found = _DAY.match(said)
    return found[0] if found else ""
