"""Sixty days of a bill as a chart: the services that cost most, the others together, and AWS's forecast."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.chart import Band, Chart, Series
from bot.costs import Ahead, Days
from bot.words import Words, plural, words
from commands.bill import money
from commands.bill.figures import ByDay, Figures
from commands.bill.period import DAY

SERVICE = words("service")
SERIES = 8
LENGTH = 60


def window(day: date) -> Days:
    """The days of the picture that ends with a day."""
    return Days(day - (LENGTH - 1) * DAY, day)


def chart(figures: Figures, days: Days, to_come: Sequence[Ahead], open_: int, what: Words = SERVICE) -> Chart:
    """The whole bill by service, or by `what` the figures are cut by; `open_` of the last days may change."""
    wanted = list(days)
    known = figures.by_day()
    names = sorted(figures.services, key=lambda name: (-abs(figures.of(name, days)), name))
    first, others = names[:SERIES], names[SERIES:]
    series = [Series(name, _values(figures.services[name], wanted, known)) for name in first]
    if others:
        gathered = tuple(_all_of(figures, others, day) if day in known else None for day in wanted)
        series.append(Series(words("the others"), gathered))
    return Chart(
        title=plural(
            "{n} day by {what}, {currency} a day",
            "{n} days by {what}, {currency} a day",
            len(wanted),
            what=what,
            currency=figures.currency,
        ),
        alt=_alt(figures, days, first),
        currency=figures.currency,
        labels=tuple(day.isoformat() for day in wanted),
        series=tuple(series),
        band=_band(to_come) if to_come else None,
        provisional=open_,
    )


def _values(amounts: ByDay, days: Sequence[date], known: ByDay) -> tuple[Decimal | None, ...]:
    """An amount for each day; None for a day of which nothing at all is known."""
    return tuple(amounts.get(day, Decimal(0)) if day in known else None for day in days)


def _all_of(figures: Figures, names: Sequence[str], day: date) -> Decimal:
    return sum((figures.services[name].get(day, Decimal(0)) for name in names), Decimal(0))


def _band(to_come: Sequence[Ahead]) -> Band:
    return Band(
        labels=tuple(one.day.isoformat() for one in to_come),
        mean=tuple(one.mean for one in to_come),
        low=tuple(one.low for one in to_come),
        high=tuple(one.high for one in to_come),
    )


def _alt(figures: Figures, days: Days, first: Sequence[str]) -> Words:
    by_day = {day: amount for day, amount in figures.by_day().items() if days.first <= day <= days.last}
    if not by_day or not first:
        return words("Costs by day: nothing is known of these days.")
    most = max(by_day, key=lambda day: by_day[day])
    return words(
        "Costs by day from {first} to {last}: {total} in all, at most {most} on {day}; {what} costs most.",
        first=days.first.isoformat(),
        last=days.last.isoformat(),
        total=money.text(sum(by_day.values(), Decimal(0)), figures.currency),
        most=money.text(by_day[most], figures.currency),
        day=most.isoformat(),
        what=first[0],
    )
