"""What /cost today, yesterday, month and last-month share: one table of some days."""

from dataclasses import dataclass, replace

from bot.arguments import Kind, UsageError, arg
from bot.chart import Chart
from bot.command import World
from bot.costs import BY_SERVICE, Cut, Days, Purpose
from bot.plan import Plan
from bot.words import Words, words
from commands.bill import known, money, movers, picture
from commands.bill.figures import ByDay, Figures, cut_by, gather, sums
from commands.bill.options import account_arg, must_be_known
from commands.bill.period import Period, named
from commands.bill.told import nothing, paid, what_counts

IAM = ("ce:GetCostAndUsage",)
WAYS = ("service", "account", "region", "usage", "tag:Key")
HEADS = {
    "service": words("Service"),
    "account": words("Account"),
    "region": words("Region"),
    "usage": words("Usage type"),
}


@dataclass(frozen=True, slots=True)
class Args:
    """What each of them is told."""

    by: str = arg(
        Kind.WORD, words("service, account, region, usage, or a tag such as tag:team"), default="service"
    )
    top: int = arg(
        Kind.NUMBER, words("so many rows, then the others in one"), default=10, at_least=1, at_most=50
    )
    chart: bool = arg(Kind.FLAG, words("with a picture of each day"), default=False)
    account: str = account_arg()


def answer(args: Args, world: World, period: Period) -> Plan:
    """A row for each service, account …, beside what it is compared with; asks AWS for what is not known."""
    cut = cut_of(args.by)
    asked = Days(min(period.before.first, period.days.first), period.days.last)
    gaps = world.costs.read(cut, asked, Purpose.QUESTION)
    must_be_known(world, args.account, asked)
    found = _figures(world, cut, args, asked)
    if not found:
        return Plan(nothing(period.days), notes=tuple(known.missing(gaps)))
    figures, *others = found
    rows = _rows(figures, args.by)
    columns = movers.Columns(_head(args.by), named(period.days), named(period.before))
    now, before = sums(rows, period.days), sums(rows, period.before)
    beside = tuple(summary(world, cut, one, period) for one in others)
    return Plan(
        summary(world, cut, figures, period),
        notes=(*beside, *known.missing(gaps), what_counts(world), paid(world)),
        table=movers.table(columns, now, before, figures.currency, args.top, by_move=False),
        chart=_chart(world, cut, replace(figures, services=rows), period, _head(args.by))
        if args.chart
        else None,
    )


def summary(world: World, cut: Cut, figures: Figures, period: Period) -> Words:
    """How much, and how that compares."""
    now, before = figures.total(period.days), figures.total(period.before)
    said = words(
        "{days}: {amount}, {percent} against {before_days} ({before})",
        days=named(period.days),
        amount=money.text(now, figures.currency),
        percent=money.percent(before, now),
        before_days=named(period.before),
        before=money.text(before, figures.currency),
    )
    return words("{said} – provisional", said=said) if known.open_days(world, period.days, cut) else said


def cut_of(by: str) -> Cut:
    """The cut that somebody names.  Raises UsageError."""
    if by in {"service", "account"}:
        return BY_SERVICE
    if by in {"region", "usage"} or (by.startswith("tag:") and len(by) > len("tag:")):
        return Cut(by)
    raise UsageError(words("“{by}” is no way to cut a bill; there are {ways}.", by=by, ways=", ".join(WAYS)))


def _figures(world: World, cut: Cut, args: Args, days: Days) -> list[Figures]:
    return gather(world, days, args.account) if cut == BY_SERVICE else cut_by(world, cut, days, args.account)


def _rows(figures: Figures, by: str) -> dict[str, ByDay]:
    return dict(figures.accounts if by == "account" else figures.services)


def _head(by: str) -> Words:
    return HEADS.get(by) or words("{tag}", tag=by)


def _chart(world: World, cut: Cut, figures: Figures, period: Period, what: Words) -> Chart:
    still_open = known.open_days(world, period.days, cut)
    return picture.chart(figures, period.days, (), len(still_open), what)
