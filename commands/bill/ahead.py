"""What AWS expects of this month, for all payers of one currency together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.command import World
from bot.costs import Ahead, Days, Forecast
from commands.bill.figures import Figures
from commands.bill.period import DAY, rest_of_month, this_month, today

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Expected:
    """A whole month: what is known of it and AWS's forecast of its other days."""

    month: str  # such as 2026-11
    mean: Decimal
    low: Decimal  # as if every day to come kept to its lower bound
    high: Decimal
    interval: int  # percent: so often a day keeps to its bounds
    made: date


def wanted(world: World) -> Days:
    """The days that AWS's forecast is asked for: from today to the end of its month, three at least.

    Everybody asks for the same, since AWS is asked once a day.
    """
    now = today(world.due)
    return Days(now, max(rest_of_month(now).last, now + 2 * DAY))


def days(world: World, figures: Figures, wanted: Days) -> tuple[Ahead, ...]:
    """AWS's forecast of each of these days, payers added up; nothing where one of them is missing."""
    by_day = [{one.day: one for one in forecast.days} for forecast in _of_all(world, figures)]
    return tuple(
        _added(day, [one[day] for one in by_day])
        for day in wanted
        if by_day and all(day in one for one in by_day)
    )


def of_month(world: World, figures: Figures) -> Expected | None:
    """The month that is under way, as AWS expects it to end.

    None without a forecast for all days from today on, or where a day before is not known.
    """
    now = today(world.due)
    rest, over = rest_of_month(now), this_month(now)
    to_come = days(world, figures, rest)
    if len(to_come) < len(rest) or set(over) - figures.whole():
        return None
    spent, made = figures.total(over), _of_all(world, figures)
    return Expected(
        month=f"{now:%Y-%m}",
        mean=spent + sum((one.mean for one in to_come), _NONE),
        low=spent + sum((one.low for one in to_come), _NONE),
        high=spent + sum((one.high for one in to_come), _NONE),
        interval=made[0].interval,
        made=min(one.made for one in made),
    )


def _of_all(world: World, figures: Figures) -> Sequence[Forecast]:
    """The newest forecast of each payer of this currency; none when one of them has none."""
    found = [one for one in world.costs.forecasts(today(world.due)) if one.payer in figures.payers]
    return found if len(found) == len(figures.payers) else ()


def _added(day: date, of_payers: Sequence[Ahead]) -> Ahead:
    return Ahead(
        day,
        sum((one.mean for one in of_payers), _NONE),
        sum((one.low for one in of_payers), _NONE),
        sum((one.high for one in of_payers), _NONE),
    )
