"""What /cost today, yesterday, month and last-month share: one table of some days."""

from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.chart import Chart
from bot.command import World
from bot.costs import BY_SERVICE, By, Cut, Days, Purpose
from bot.plan import Plan
from bot.words import Words, words
from commands.bill import known, movers, picture
from commands.bill.figures import Figures, cut_by, sums
from commands.bill.options import account_arg, known_account
from commands.bill.period import Period, named
from commands.bill.told import against, marked, nothing, paid, what_counts

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
    account = known_account(world, args.account, asked)
    by = By.ACCOUNT if args.by == "account" else By.KEY
    found = cut_by(world, cut, asked, account, by=by)
    if not found:
        return Plan(nothing(period.days), notes=tuple(known.missing(gaps)))
    figures, *others = found
    columns = movers.Columns(_head(args.by), named(period.days), named(period.before))
    now, before = sums(figures.services, period.days), sums(figures.services, period.before)
    compares = figures.knows(period.days, period.before)
    beside = tuple(summary(world, cut, one, period) for one in others)
    return Plan(
        summary(world, cut, figures, period),
        notes=(
            *beside,
            *known.unknown(figures, period),
            *known.missing(gaps),
            what_counts(world),
            paid(world),
        ),
        table=movers.table(
            columns,
            now,
            before if compares else None,
            figures.currency,
            args.top,
            by_move=False,
            partly=is_partly(figures, period),
        ),
        chart=_chart(world, cut, figures, period, _head(args.by)) if args.chart else None,
    )


def summary(world: World, cut: Cut, figures: Figures, period: Period) -> Words:
    """How much, and how that compares: a single day that AWS has only in part compares with nothing."""
    if not figures.known() & set(period.days):
        return against(figures, period)
    absent = known.absent(figures, period.days)
    provisional = bool(known.open_days(world, period.days, cut))
    return marked(
        against(figures, period, so_far=is_partly(figures, period)), absent, provisional=provisional
    )


def is_partly(figures: Figures, period: Period) -> bool:
    """Whether it is about a single day that AWS has only in part."""
    last = period.days.last
    return len(period.days) == 1 and known.judge(figures, last).day != last


def cut_of(by: str) -> Cut:
    """The cut that somebody names.  Raises UsageError."""
    if by in {"service", "account"}:
        return BY_SERVICE
    if by in {"region", "usage"} or (by.startswith("tag:") and len(by) > len("tag:")):
        return Cut(by)
    raise UsageError(words("“{by}” is no way to cut a bill; there are {ways}.", by=by, ways=", ".join(WAYS)))


def _head(by: str) -> Words:
    return HEADS.get(by) or words("{tag}", tag=by)


def _chart(world: World, cut: Cut, figures: Figures, period: Period, what: Words) -> Chart:
    return picture.chart(figures, period.days, (), known.newest_open(world, period.days, cut), what)
