"""Say what moved in the bill: on a day, or of a service in the last week, down to the usage type."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.costs import BY_SERVICE, By, Cut, Days, Gap, Purpose
from bot.plan import Plan, Table
from bot.words import Words, words
from commands.bill import explain, known, money, movers, unusual
from commands.bill.explain import Move, moved
from commands.bill.figures import Figures, cut_by, gather, sums
from commands.bill.options import account_arg, must_be_known
from commands.bill.period import DAY, WEEK, Period, named, of_day, today
from commands.bill.picture import window
from commands.bill.told import nothing, paid, what_counts

ROWS = 10
AT_MOST = 2  # services that AWS is asked about in detail
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
class Detail:
    """What moved within one service."""

    service: str
    by_account: tuple[Move, ...]
    by_usage: tuple[Move, ...]
    table: Table | None


def plan(args: Args, world: World) -> Plan:
    """What moved, whose it is, and which usage it was; asks AWS for usage types that are not known."""
    yesterday = today(world.due) - DAY
    on = _date(args.about, yesterday)
    last = on or yesterday
    seen = Days(window(last).first, max(last, yesterday))
    gaps = world.costs.read(BY_SERVICE, seen, Purpose.QUESTION)
    must_be_known(world, args.account, seen)
    found = gather(world, seen, args.account)
    if not found:
        return Plan(nothing(Days(last, last)), notes=tuple(known.missing(gaps)))
    figures = found[0]
    whole = (
        yesterday
        if known.is_whole(world, yesterday, world.costs.states(BY_SERVICE, seen))
        else yesterday - DAY
    )
    service = "" if on or not args.about else _service(args.about, figures)
    period = _week(whole) if service else of_day(on or _strangest(world, figures, whole, args.account))
    return _answer(args, world, figures, period, service, gaps)


def _answer(
    args: Args, world: World, figures: Figures, period: Period, service: str, gaps: tuple[Gap, ...]
) -> Plan:
    moves = moved(sums(figures.services, period.before), sums(figures.services, period.days))
    chosen = [service] if service else _causes(moves)
    asked = Days(period.before.first, period.days.last)
    for each in chosen:
        gaps += world.costs.read(Cut("usage", each), asked, Purpose.QUESTION)
    details = [_detail(world, figures.currency, each, period, args.account) for each in chosen]
    strange = [] if service else unusual.find(world, figures, period.days.last, args.account, back=0)
    return Plan(
        _summary(figures, period, service),
        notes=(
            *(unusual.said(one, figures.currency) for one in strange),
            *([] if service else _moves(moves, figures.currency)),
            *(line for one in details for line in _lines(one, figures.currency)),
            *known.missing(gaps),
            what_counts(world),
            paid(world),
        ),
        table=next((one.table for one in details if one.table), None),
    )


def _strangest(world: World, figures: Figures, newest: date, account: str) -> date:
    """The newest day, or the one shortly before on which something was unusual."""
    strange = unusual.find(world, figures, newest, account)
    return strange[0].found.day if strange else newest


def _causes(moves: Sequence[Move]) -> list[str]:
    """The services whose part in all that moved is large."""
    all_of_it = sum((abs(move.difference) for move in moves), Decimal(0))
    return [move.key for move in moves[:AT_MOST] if abs(move.difference) >= PART * all_of_it]


def _detail(world: World, currency: str, service: str, period: Period, account: str) -> Detail:
    def accounts(days: Days) -> dict[str, Decimal]:
        found = world.costs.sums(BY_SERVICE, days, (By.ACCOUNT,), account=account, key=service)
        return {one.account: one.amount for one in found if one.currency == currency}

    seen = Days(period.before.first, period.days.last)
    usage = next(
        (one for one in cut_by(world, Cut("usage", service), seen, account) if one.currency == currency), None
    )
    now = sums(usage.services, period.days) if usage else {}
    before = sums(usage.services, period.before) if usage else {}
    columns = movers.Columns(
        words("{service}: usage type", service=service), named(period.days), named(period.before)
    )
    return Detail(
        service,
        moved(accounts(period.before), accounts(period.days)),
        moved(before, now),
        movers.table(columns, now, before, currency, ROWS, by_move=True),
    )


def _lines(detail: Detail, currency: str) -> list[Words]:
    lines = []
    for head, moves in ((words("account"), detail.by_account), (words("usage type"), detail.by_usage)):
        if moves:
            said = tuple(explain.said(move, currency) for move in moves[:3])
            lines.append(words("{service} by {what}: {moves}", service=detail.service, what=head, moves=said))
    return lines


def _moves(moves: Sequence[Move], currency: str) -> list[Words]:
    if not moves:
        return [words("Nothing moved.")]
    said = tuple(explain.said(move, currency) for move in moves[:5])
    return [words("Moved most: {moves}", moves=said)]


def _summary(figures: Figures, period: Period, service: str) -> Words:
    def of(days: Days) -> Decimal:
        return figures.of(service, days) if service else figures.total(days)

    now, before = of(period.days), of(period.before)
    return words(
        "{what} {days}: {amount}, {difference} ({percent}) against {before_days}",
        what=service or words("The bill of"),
        days=named(period.days),
        amount=money.text(now, figures.currency),
        difference=money.text(now - before, figures.currency, sign=True),
        percent=money.percent(before, now),
        before_days=named(period.before),
    )


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


def _service(text: str, figures: Figures) -> str:
    """The service that is meant: by its name, or by a part of it that no other has."""
    wanted, names = text.strip().casefold(), sorted(figures.services)
    exact = [name for name in names if name.casefold() == wanted]
    found = exact or [name for name in names if wanted in name.casefold()]
    if len(found) == 1:
        return found[0]
    near = found or difflib.get_close_matches(text, names, 3, 0.3) or names[:5]
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
