"""Show how AWS expects this month to end, with its bounds, and what the budgets say to that."""

from dataclasses import dataclass

from bot.command import Risk, Verb, World
from bot.costs import BY_SERVICE, Days, Purpose
from bot.plan import Plan
from bot.words import Words, words
from commands.bill import ahead, known, picture
from commands.bill.figures import gather
from commands.bill.outlook import budgets, forecast
from commands.bill.period import DAY, month_day, rest_of_month, to_date, today
from commands.bill.told import nothing, paid, what_counts


@dataclass(frozen=True, slots=True)
class Args:
    """What /cost forecast is told: nothing."""


def plan(_args: Args, world: World) -> Plan:
    """AWS's own forecast, never one of ours; nothing changes."""
    day = month_day(world.due)
    wanted = Days(min(picture.window(day).first, to_date(day).before.first), day)
    gaps = world.costs.read(BY_SERVICE, wanted, Purpose.QUESTION)
    until = max(rest_of_month(day).last, today(world.due) + 2 * DAY)
    gaps += world.costs.read_forecast(until, Purpose.QUESTION)
    found = gather(world, wanted)
    if not found:
        return Plan(nothing(to_date(day).days), notes=tuple(known.missing(gaps)))
    figures = found[0]
    expected = ahead.of_month(world, figures, day)
    said = forecast(expected, figures.currency) if expected else _none(is_over=day == rest_of_month(day).last)
    to_come = ahead.days(world, figures.currency, rest_of_month(day))
    return Plan(
        said,
        notes=(
            *budgets(world, figures, day, expected),
            *known.missing(gaps),
            what_counts(world),
            paid(world),
        ),
        chart=picture.chart(figures, picture.window(day), to_come, len(known.open_days(world, wanted))),
    )


def _none(*, is_over: bool) -> Words:
    if is_over:
        return words("The month is over; AWS's forecast begins with the next.")
    return words("AWS has no forecast: it wants some weeks of costs first, and the right ce:GetCostForecast.")


VERB = Verb(
    noun="cost",
    name="forecast",
    help=words("Show how AWS expects this month to end, with its bounds, and what the budgets say to that."),
    args=Args,
    risk=Risk.NONE,
    iam=("ce:GetCostAndUsage", "ce:GetCostForecast"),
    plan=plan,
    examples=("/cost forecast",),
)
