"""What is unusual in some days of a bill: found in sixty days of it, said with whose it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.command import World
from bot.costs import BY_SERVICE, By, Days
from bot.words import Words, words
from commands.bill import money
from commands.bill.anomalies import Anomaly, detect
from commands.bill.explain import moved
from commands.bill.figures import Figures, shown, sums
from commands.bill.known import Judged
from commands.bill.period import DAY, of_day

MOST = 3  # told at once
BACK = 2  # days before the newest that are told of as well: who was away on Saturday reads it on Monday


@dataclass(frozen=True, slots=True)
class Unusual:
    """A service that costs unusually much or little, and the account whose doing that is."""

    service: str
    account: str
    found: Anomaly
    amount: Decimal  # as the table of that day shows it
    currency: str


def find(
    world: World, figures: Figures, judged: Judged, account: str = "", *, back: int = BACK
) -> list[Unusual]:
    """The unusual services of the days until the one that is judged: its own first, then by difference.

    A service that is not on the bill of a known day cost nothing; of a day that is not known nothing is said.
    """
    floor, there = world.costs.rules.floor, sorted(figures.whole())
    found = [
        (service, anomaly)
        for service, amounts in figures.services.items()
        for series in ({day: amounts.get(day, Decimal(0)) for day in there},)
        for day in Days(judged.day - back * DAY, judged.day)
        if (anomaly := detect(series, day, floor)) is not None
    ]
    found.sort(key=lambda pair: (pair[1].day != judged.day, -abs(pair[1].difference), pair[0]))
    return [_unusual(world, figures, judged, account, *pair) for pair in found[:MOST]]


def said(unusual: Unusual) -> Words:
    """One in a line: how much, instead of what."""
    found, currency = unusual.found, unusual.currency
    return words(
        "⚠️ {service}: {amount} on {day} instead of about {expected} ({difference}, most of it {account})",
        service=unusual.service,
        account=unusual.account,
        amount=money.text(unusual.amount, currency),
        day=found.day.isoformat(),
        expected=money.text(found.expected, currency),
        difference=money.difference(found.expected, unusual.amount, currency),
    )


def call(world: World, found: Sequence[Unusual], newest: date) -> list[Words]:
    """Who is called for the newest day, when that is worth it: once, since an edited message calls nobody."""
    rules = world.costs.rules
    ours = [one for one in found if one.found.day == newest]
    large = [one for one in ours if one.found.difference >= rules.mention_above]
    if not rules.mention or not large:
        return []
    return [words("{owner}: please look at it", owner=rules.mention)]


def _unusual(
    world: World, figures: Figures, judged: Judged, account: str, service: str, found: Anomaly
) -> Unusual:
    amounts = shown(sums(figures.services, Days(found.day, found.day)), figures.currency)
    return Unusual(
        service,
        account or _whose(world, figures.currency, service, judged, found.day),
        found,
        amounts.get(service, Decimal(0)),
        figures.currency,
    )


def _whose(world: World, currency: str, service: str, judged: Judged, day: date) -> str:
    """The account whose amount for the service moved most against the same weekday before."""
    period = of_day(day)

    def of(days: Days) -> dict[str, Decimal]:
        found = world.costs.sums(BY_SERVICE, days, (By.ACCOUNT,), key=service, without=judged.without)
        return {one.account: one.amount for one in found if one.currency == currency}

    moves = moved(of(period.before), of(period.days))
    return moves[0].key if moves else "–"
