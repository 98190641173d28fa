"""Report the bill of yesterday, or of last week or month; meant for a schedule, every morning.

What AWS has not settled is marked, and the message is corrected in place when it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.arguments import Kind, arg
from bot.chart import Chart
from bot.command import Risk, Verb, World
from bot.costs import BY_SERVICE, Cut, Days, Gap, Purpose
from bot.plan import Offer, Plan
from bot.words import Words, words
from commands.bill import ahead, known, picture, unusual
from commands.bill.figures import Figures, gather
from commands.bill.known import Judged
from commands.bill.options import account_arg, known_account
from commands.bill.period import DAY, Period, Spell, of, today
from commands.bill.told import nothing, paid, what_counts
from commands.cost import _post
from commands.cost._post import Told


@dataclass(frozen=True, slots=True)
class Args:
    """What /cost report is told."""

    of: str = arg(
        Kind.CHOICE,
        words("yesterday, or the newest whole week or month"),
        default=Spell.DAY.value,
        choices=tuple(Spell),
    )
    account: str = account_arg()


def plan(args: Args, world: World) -> Plan:
    """The bill in one message; nothing changes, but what AWS says is kept."""
    yesterday, spell = today(world.due) - DAY, Spell(args.of)
    period = of(spell, yesterday)
    days = _reading(period, yesterday)
    gaps = _ask(world, days, yesterday, spell)
    account = known_account(world, args.account, days)
    found = gather(world, days, account, world.costs.rules.tag)
    still_open = known.open_days(world, period.days, closed=spell is Spell.MONTH)
    again = known.again(world, gaps, still_open)
    if not found:
        return Plan(nothing(period.days), notes=tuple(known.missing(gaps)), again=again)
    told = [_told(world, spell, yesterday, figures, account) for figures in found]
    main, *beside = told
    strange = [one for each in told for one in _unusual(world, each, account)]
    newest, provisional = main.judged.day, bool(still_open)
    summary = words("The bill of {said}", said=_post.headline(main, provisional=provisional))
    return Plan(
        summary,
        notes=(
            *map(unusual.said, strange),
            *unusual.call(world, strange, newest),
            *_post.corrected(world, main, account, summary),
            *_post.notes(world, main, account),
            *(line for one in beside for line in _beside(world, one, account, provisional=provisional)),
            *known.missing(gaps),
            what_counts(world),
            paid(world),
        ),
        table=_post.table(main),
        chart=_chart(world, main, yesterday, account),
        offers=_offers(strange[0].found.day if strange else newest),
        again=again,
    )


def _ask(world: World, days: Days, yesterday: date, spell: Spell) -> tuple[Gap, ...]:
    """Two requests a payer at most: the days, and in turn AWS's forecast and the tag.

    Only a schedule's post has them; whoever asks for one has what questions have, and takes nothing from the
    morning's.  A week or a month asks for nothing but days that no morning has asked for.
    """
    costs, tag = world.costs, world.costs.rules.tag
    if spell is not Spell.DAY:
        return costs.read(BY_SERVICE, days, Purpose.QUESTION)
    purpose = Purpose.POST if world.by_the_clock else Purpose.QUESTION
    gaps = costs.read(BY_SERVICE, days, purpose)
    if yesterday < today(world.now) - DAY:  # it is made anew: its forecast is of its own day
        return gaps
    if tag and yesterday.toordinal() % 2:
        return gaps + costs.read(Cut(f"tag:{tag}"), Days(yesterday - 9 * DAY, yesterday), purpose)
    return gaps + costs.read_forecast(ahead.wanted(world).last, purpose)


def _reading(period: Period, yesterday: date) -> Days:
    """What is looked at: the picture's days, the month and the one before, the period and its comparison."""
    last_month = (yesterday.replace(day=1) - DAY).replace(day=1)
    first = min(picture.window(yesterday).first, last_month, period.before.first)
    return Days(first, yesterday)


def _told(world: World, spell: Spell, yesterday: date, figures: Figures, account: str) -> Told:
    period, judged = of(spell, yesterday), known.judge(figures, yesterday)
    if spell is not Spell.DAY:
        judged = Judged(judged.day, known.absent(figures, period.days))
    if not judged.without:
        return Told(spell, period, figures, judged, figures)
    seen, tag = _reading(period, yesterday), world.costs.rules.tag
    of_others = gather(world, seen, account, tag, judged.without)
    compared = next(one for one in of_others if one.currency == figures.currency)
    return Told(spell, period, figures, judged, compared)


def _unusual(world: World, told: Told, account: str) -> list[unusual.Unusual]:
    if told.spell is not Spell.DAY:
        return []
    return unusual.find(world, told.compared, told.judged, account)


def _beside(world: World, told: Told, account: str, *, provisional: bool) -> Iterator[Words]:
    """A bill in another currency: amounts of two are never added."""
    yield _post.headline(told, provisional=provisional)
    yield from _post.notes(world, told, account)


def _chart(world: World, told: Told, yesterday: date, account: str) -> Chart:
    """AWS forecasts the whole of a payer's bill, so of one account there is no band."""
    to_come = () if account else ahead.days(world, told.figures, ahead.wanted(world))
    still_open = known.newest_open(world, Days(yesterday - 6 * DAY, yesterday))
    return picture.chart(told.figures, picture.window(yesterday), to_come, still_open)


def _offers(day: date) -> tuple[Offer, ...]:
    return (
        Offer(words("Why?"), f"cost why {day}"),
        Offer(words("What could go?"), "cost waste"),
    )


VERB = Verb(
    noun="cost",
    name="report",
    help=words(
        "Report the bill of yesterday, or of last week or month, with what moved and what is unusual."
    ),
    args=Args,
    risk=Risk.NONE,
    iam=("ce:GetCostAndUsage", "ce:GetCostForecast"),
    plan=plan,
    examples=("/cost report", "/cost report --of week", "/cost report --of month --account prod"),
)
