"""What AWS expects of the rest of a month, for all payers together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.command import World
from bot.costs import Ahead, Days
from commands.bill.figures import Figures
from commands.bill.period import rest_of_month, to_date

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Expected:
    """A whole month: what is known of it and AWS's forecast of its other days."""

    mean: Decimal
    low: Decimal  # as if every day to come kept to its lower bound
    high: Decimal
    interval: int  # percent: so often a day keeps to its bounds
    made: date


def days(world: World, currency: str, wanted: Days) -> tuple[Ahead, ...]:
    """AWS's forecast of each of these days, payers added up; nothing where one of them is missing."""
    found = [one for one in world.costs.forecasts(world.due.date()) if one.currency == currency]
    if not found or len(found) < len(world.costs.payers()):
        return ()
    by_day = [{one.day: one for one in forecast.days} for forecast in found]
    return tuple(
        _added(day, [one[day] for one in by_day]) for day in wanted if all(day in one for one in by_day)
    )


def of_month(world: World, figures: Figures, day: date) -> Expected | None:
    """The month of a day, as AWS expects it to end; None where there is no forecast for it."""
    rest = rest_of_month(day)
    to_come = days(world, figures.currency, rest)
    if not to_come or len(to_come) < len(rest):
        return None
    spent = figures.total(to_date(day).days)
    newest = [one for one in world.costs.forecasts(world.due.date()) if one.currency == figures.currency]
    return Expected(
        mean=spent + sum((one.mean for one in to_come), _NONE),
        low=spent + sum((one.low for one in to_come), _NONE),
        high=spent + sum((one.high for one in to_come), _NONE),
        interval=newest[0].interval,
        made=min(one.made for one in newest),
    )


def _added(day: date, of_payers: Sequence[Ahead]) -> Ahead:
    return Ahead(
        day,
        sum((one.mean for one in of_payers), _NONE),
        sum((one.low for one in of_payers), _NONE),
        sum((one.high for one in of_payers), _NONE),
    )
