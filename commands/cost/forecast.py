"""Show how AWS expects this month to end, with its bounds, and what the budgets say to that."""

from dataclasses import dataclass

from bot.command import Risk, Verb, World
from bot.costs import BY_SERVICE, Days, Purpose
from bot.plan import Plan
from bot.words import Words, words
from commands.bill import ahead, known, picture
from commands.bill.figures import Figures, gather
from commands.bill.outlook import budgets, forecast
from commands.bill.period import DAY, this_month, today
from commands.bill.told import nothing, paid, what_counts


@dataclass(frozen=True, slots=True)
class Args:
    """What /cost forecast is told: nothing."""


def plan(_args: Args, world: World) -> Plan:
    """AWS's own forecast, never one of ours; nothing changes."""
    yesterday = today(world.due) - DAY
    window = picture.window(yesterday)
    wanted = Days(min(window.first, this_month(today(world.due)).first), yesterday)
    gaps = world.costs.read(BY_SERVICE, wanted, Purpose.QUESTION)
    gaps += world.costs.read_forecast(ahead.wanted(world).last, Purpose.QUESTION)
    found = gather(world, wanted)
    if not found:
        return Plan(nothing(wanted), notes=tuple(known.missing(gaps)))
    told = [line for figures in found for line in _of(world, figures)]
    figures, to_come = found[0], ahead.days(world, found[0], ahead.wanted(world))
    return Plan(
        told[0],
        notes=(*told[1:], *known.missing(gaps), what_counts(world), paid(world)),
        chart=picture.chart(figures, window, to_come, known.newest_open(world, window)),
    )


def _of(world: World, figures: Figures) -> list[Words]:
    """How the month will end by one currency's bill."""
    expected = ahead.of_month(world, figures)
    said = forecast(expected, figures.currency) if expected else NONE
    return [said, *budgets(world, figures, this_month(today(world.due)), expected)]


NONE = words("AWS has no forecast: it wants some weeks of costs first, and the right ce:GetCostForecast.")

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
