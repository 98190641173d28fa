"""Report the bill of yesterday, or of last week or month; meant for a schedule, every morning.

What AWS has not settled is marked, and the message is corrected in place when it has.
"""

from dataclasses import dataclass
from datetime import date

from bot.arguments import Kind, arg
from bot.chart import Chart
from bot.command import Risk, Verb, World
from bot.costs import BY_SERVICE, Cut, Days, Gap, Purpose
from bot.plan import Offer, Plan, Table
from bot.words import Words, words
from commands.bill import ahead, known, money, movers, outlook, picture, unusual
from commands.bill.figures import Figures, gather, sums
from commands.bill.options import account_arg, must_be_known
from commands.bill.period import DAY, Period, Spell, named, of, rest_of_month, today
from commands.bill.told import accounts_moved, nothing, paid, tags_moved, what_counts

ROWS = 6


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


@dataclass(frozen=True, slots=True)
class Told:
    """What a report is made of."""

    period: Period
    judged: date  # the newest day that is there nearly whole
    figures: Figures
    gaps: tuple[Gap, ...]


def plan(args: Args, world: World) -> Plan:
    """The bill in one message; nothing changes, but what AWS says is kept."""
    yesterday = today(world.due) - DAY
    period = of(Spell(args.of), yesterday)
    days = _reading(period, yesterday)
    gaps = _ask(world, days, yesterday, Spell(args.of))
    must_be_known(world, args.account, days)
    found = gather(world, days, args.account, world.costs.rules.tag)
    again = known.again(world, gaps, period.days)
    if not found:
        return Plan(nothing(period.days), notes=tuple(known.missing(gaps)), again=again)
    states = world.costs.states(BY_SERVICE, period.days)
    judged = yesterday if known.is_whole(world, yesterday, states) else yesterday - DAY
    told = [Told(period, judged, figures, gaps) for figures in found]
    main = told[0]
    strange = unusual.find(world, main.figures, judged, args.account) if args.of == Spell.DAY else []
    notes = [note for one in told for note in _notes(world, one, args.account, main=one is main)]
    return Plan(
        _summary(world, main),
        notes=(
            *(unusual.said(one, main.figures.currency) for one in strange),
            *unusual.call(world, strange, judged),
            *notes,
            *known.missing(gaps),
            what_counts(world),
            paid(world),
        ),
        table=_table(main),
        chart=_chart(world, main, yesterday),
        offers=_offers(strange[0].found.day if strange else judged),
        again=again,
    )


def _ask(world: World, days: Days, yesterday: date, spell: Spell) -> tuple[Gap, ...]:
    """Two requests a payer at most: the days, and in turn AWS's forecast and the tag.

    A week or a month asks for nothing but days that no morning has asked for.
    """
    costs, tag = world.costs, world.costs.rules.tag
    if spell is not Spell.DAY:
        return costs.read(BY_SERVICE, days, Purpose.QUESTION)
    gaps = costs.read(BY_SERVICE, days, Purpose.POST)
    if tag and yesterday.toordinal() % 2:
        return gaps + costs.read(Cut(f"tag:{tag}"), Days(yesterday - 9 * DAY, yesterday), Purpose.POST)
    ends = rest_of_month(yesterday).last
    return gaps + costs.read_forecast(max(ends, today(world.now) + 2 * DAY), Purpose.POST)


def _reading(period: Period, yesterday: date) -> Days:
    """What is looked at: the picture's days, the month and the one before, the period and its comparison."""
    last_month = (yesterday.replace(day=1) - DAY).replace(day=1)
    first = min(picture.window(yesterday).first, last_month, period.before.first)
    return Days(first, yesterday)


def _summary(world: World, told: Told) -> Words:
    period, figures = told.period, told.figures
    amount, before = figures.total(period.days), figures.total(period.before)
    said = words(
        "The bill of {days}: {amount}, {percent} against {before_days} ({before})",
        days=named(period.days),
        amount=money.text(amount, figures.currency),
        percent=money.percent(before, amount),
        before_days=named(period.before),
        before=money.text(before, figures.currency),
    )
    if known.open_days(world, period.days):
        return words("{said} – provisional", said=said)
    return said


def _notes(world: World, told: Told, account: str, *, main: bool) -> list[Words]:
    """What is told of one currency; of those beside the largest in a line before."""
    figures, period = told.figures, told.period
    head = [] if main else [_summary(world, told)]
    partly = period.days.last > told.judged
    states = world.costs.states(BY_SERVICE, period.days)
    return [
        *head,
        *([] if account else known.corrections(states, period.days, figures.currency)),
        *([_hardly(told)] if partly else []),
        *outlook.outlook(world, figures, period.days.last, account),
        *accounts_moved(figures, _judged(told)),
        *tags_moved(figures, _judged(told), world.costs.rules.tag),
    ]


def _hardly(told: Told) -> Words:
    return words(
        "AWS has only part of {day} yet, so what moved is said of {judged} ({amount})",
        day=told.period.days.last.isoformat(),
        judged=told.judged.isoformat(),
        amount=money.text(told.figures.total(Days(told.judged, told.judged)), told.figures.currency),
    )


def _judged(told: Told) -> Period:
    """What is compared service by service: a day that is there only in part compares with nothing."""
    if told.period.days.last <= told.judged:
        return told.period
    return of(Spell.DAY, told.judged) if len(told.period.days) == 1 else told.period


def _table(told: Told) -> Table | None:
    period, figures = _judged(told), told.figures
    columns = movers.Columns(words("Service"), named(period.days), named(period.before))
    now, before = sums(figures.services, period.days), sums(figures.services, period.before)
    return movers.table(columns, now, before, figures.currency, ROWS, by_move=True)


def _chart(world: World, told: Told, yesterday: date) -> Chart:
    days = picture.window(yesterday)
    to_come = ahead.days(world, told.figures.currency, rest_of_month(yesterday))
    still_open = known.open_days(world, Days(yesterday - 6 * DAY, yesterday))
    return picture.chart(told.figures, days, to_come, len(still_open))


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
