"""What is unusual in a day of a bill: found in sixty days of it, said with whose it was."""

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
from commands.bill.figures import Figures
from commands.bill.period import DAY, of_day

MOST = 3  # told at once
BACK = 2  # days before the newest that are told of as well: who was away on Saturday reads it on Monday


@dataclass(frozen=True, slots=True)
class Unusual:
    """A service that costs unusually much or little, and the account whose doing that is."""

    service: str
    account: str
    found: Anomaly


def find(world: World, figures: Figures, last: date, account: str = "", *, back: int = BACK) -> list[Unusual]:
    """The unusual services of the days that end with this one, the largest difference first."""
    floor = world.costs.rules.floor
    found = [
        (service, anomaly)
        for day in Days(last - back * DAY, last)
        for service, series in figures.services.items()
        if (anomaly := detect(series, day, floor)) is not None
    ]
    found.sort(key=lambda pair: (-abs(pair[1].difference), pair[0]))
    return [
        Unusual(service, account or _whose(world, figures.currency, service, anomaly.day), anomaly)
        for service, anomaly in found[:MOST]
    ]


def said(unusual: Unusual, currency: str) -> Words:
    """One in a line: how much, instead of what."""
    return words(
        "⚠️ {service}: {amount} on {day} instead of about {expected} ({difference}, most of it {account})",
        service=unusual.service,
        account=unusual.account,
        amount=money.text(unusual.found.amount, currency),
        day=unusual.found.day.isoformat(),
        expected=money.text(unusual.found.expected, currency),
        difference=money.text(unusual.found.difference, currency, sign=True),
    )


def call(world: World, found: Sequence[Unusual], newest: date) -> list[Words]:
    """Who is called for the newest day, when that is worth it: once, since an edited message calls nobody."""
    rules = world.costs.rules
    ours = [one for one in found if one.found.day == newest]
    large = [one for one in ours if one.found.difference >= rules.mention_above]
    if not rules.mention or not large:
        return []
    return [words("{owner}: please look at it", owner=rules.mention)]


def _whose(world: World, currency: str, service: str, day: date) -> str:
    """The account whose amount for the service moved most against the same weekday before."""
    period = of_day(day)

    def of(days: Days) -> dict[str, Decimal]:
        sums = world.costs.sums(BY_SERVICE, days, (By.ACCOUNT,), key=service)
        return {one.account: one.amount for one in sums if one.currency == currency}

    moves = moved(of(period.before), of(period.days))
    return moves[0].key if moves else "–"
