"""Say what moved in the bill: on a day, or of a service in the last week, down to the usage type."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.costs import BY_SERVICE, Cut, Days, Gap, Purpose
from bot.plan import Plan
from bot.words import Words, words
from commands.bill import explain, known, money, unusual
from commands.bill.explain import Move, moved
from commands.bill.figures import Figures, gather, sums
from commands.bill.known import Judged
from commands.bill.options import account_arg, known_account
from commands.bill.period import DAY, WEEK, Period, named, of_day, today
from commands.bill.picture import window
from commands.bill.told import marked, nothing, paid, what_counts
from commands.cost._usage import lines, within

AT_MOST = 2  # services that AWS is asked about in detail
MOVES = 5  # in a line
PART = Decimal("0.2")  # of all that moved: what is less is no cause


@dataclass(frozen=True, slots=True)
class Args:
    """What /cost why is told."""

    about: str = arg(
        Kind.TEXT,
        words("a date such as 2026-11-22, or a service; left out, the newest day that is there"),
        option=False,
        default="",
    )
    account: str = account_arg()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: a day of the whole bill, or a week of one service."""

    figures: Figures
    period: Period
    account: str
    without: tuple[str, ...]  # payers whose figures are not there
    service: str = ""


def plan(args: Args, world: World) -> Plan:
    """What moved, whose it is, and which usage it was; asks AWS for usage types that are not known."""
    yesterday = today(world.due) - DAY
    on = _date(args.about, yesterday)
    seen = window(on or yesterday)
    gaps = world.costs.read(BY_SERVICE, seen, Purpose.QUESTION)
    account = known_account(world, args.account, seen)
    found = gather(world, seen, account)
    service = "" if on or not args.about or not found else _service(args.about, found)
    asked = [_asked(world, figures, on, seen, account, service) for figures in found]
    there = [one for one in asked if not service or service in one.figures.services]
    if not there or not there[0].figures.known() & set(there[0].period.days):
        return Plan(nothing(Days(seen.last, seen.last)), notes=tuple(known.missing(gaps)))
    return _answer(world, there, gaps)


def _asked(world: World, figures: Figures, on: date | None, seen: Days, account: str, service: str) -> Asked:
    judged = Judged(on, known.absent(figures, Days(on, on))) if on else known.judge(figures, seen.last)
    if judged.without:
        others = gather(world, seen, account, without=judged.without)
        figures = next(one for one in others if one.currency == figures.currency)
    if service:
        return Asked(figures, _week(judged.day), account, judged.without, service)
    day = on or _strangest(world, figures, judged, account)
    return Asked(figures, of_day(day), account, judged.without)


def _answer(world: World, asked: Sequence[Asked], gaps: tuple[Gap, ...]) -> Plan:
    main, *beside = asked
    period, figures = main.period, main.figures
    moves = moved(sums(figures.services, period.before), sums(figures.services, period.days))
    compares = figures.knows(period.days, period.before)
    chosen = [main.service] if main.service else _causes(moves) if compares else []
    for each in chosen:
        days = Days(period.before.first, period.days.last)
        gaps += world.costs.read(Cut("usage", each), days, Purpose.QUESTION)
    details = [within(world, figures.currency, each, period, main.account, main.without) for each in chosen]
    judged = Judged(period.days.last, main.without)
    strange = [] if main.service else unusual.find(world, figures, judged, main.account, back=0)
    return Plan(
        _summary(main),
        notes=(
            *map(unusual.said, strange),
            *([] if main.service or not compares else _moves(moves, figures.currency)),
            *(line for one in details for line in lines(one)),
            *map(_summary, beside),
            *known.unknown(figures, period),
            *known.missing(gaps),
            what_counts(world),
            paid(world),
        ),
        table=next((one.table for one in details if one.table), None),
    )


def _strangest(world: World, figures: Figures, judged: Judged, account: str) -> date:
    """The newest day, or the one shortly before on which something was unusual."""
    strange = unusual.find(world, figures, judged, account)
    return strange[0].found.day if strange else judged.day


def _causes(moves: Sequence[Move]) -> list[str]:
    """The services whose part in all that moved is large."""
    all_of_it = sum((abs(move.difference) for move in moves), Decimal(0))
    return [move.key for move in moves[:AT_MOST] if abs(move.difference) >= PART * all_of_it]


def _moves(moves: Sequence[Move], currency: str) -> list[Words]:
    worth_it = explain.seen(moves, currency)[:MOVES]
    if not worth_it:
        return [words("Nothing moved.")]
    said = tuple(explain.said(move, currency) for move in worth_it)
    return [words("Moved most: {moves}", moves=said)]


def _summary(asked: Asked) -> Words:
    """How much, and how much that is more than before, where that is known."""
    figures, period, currency = asked.figures, asked.period, asked.figures.currency

    def of(days: Days) -> Decimal:
        return figures.of(asked.service, days) if asked.service else figures.total(days)

    what, now, before = asked.service or words("The bill of"), of(period.days), of(period.before)
    amount, days = money.text(now, currency), named(period.days)
    if not figures.knows(period.days, period.before):
        said = words("{what} {days}: {amount}", what=what, days=days, amount=amount)
        return marked(said, asked.without, provisional=False)
    said = words(
        "{what} {days}: {amount}, {difference} ({percent}) against {before_days}",
        what=what,
        days=days,
        amount=amount,
        difference=money.difference(before, now, currency),
        percent=money.percent(before, now),
        before_days=named(period.before),
    )
    return marked(said, asked.without, provisional=False)


def _week(last: date) -> Period:
    """The seven days that end with this one, and the seven before."""
    first = last - 6 * DAY
    return Period(Days(first, last), Days(first - WEEK, last - WEEK))


def _date(text: str, yesterday: date) -> date | None:
    """The date that is meant; None when it is none.  Raises UsageError for one that has no bill."""
    try:
        on = date.fromisoformat(text.strip())
    except ValueError:
        return None
    if on > yesterday:
        raise UsageError(
            words("{day} has not ended; the newest day is {last}.", day=text, last=f"{yesterday}")
        )
    return on


def _service(text: str, found: Sequence[Figures]) -> str:
    """The service that is meant: by its name, or by a part of it that no other has."""
    wanted = text.strip().casefold()
    names = sorted({service for figures in found for service in figures.services})
    exact = [name for name in names if name.casefold() == wanted]
    meant = exact or [name for name in names if wanted in name.casefold()]
    if len(meant) == 1:
        return meant[0]
    near = meant[:5] or difflib.get_close_matches(text, names, 3, 0.3) or names[:5]
    raise UsageError(
        words(
            "“{text}” is neither a date nor one service; do you mean {near}?",
            text=text,
            near=" / ".join(near),
        )
    )


VERB = Verb(
    noun="cost",
    name="why",
    help=words(
        "Say what moved in the bill: on a day, or of a service in the last week, down to the usage type."
    ),
    args=Args,
    risk=Risk.NONE,
    iam=("ce:GetCostAndUsage",),
    plan=plan,
    examples=("/cost why", "/cost why 2026-11-22", '/cost why "Amazon Simple Storage Service"'),
)
