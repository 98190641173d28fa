"""What is paid for and nobody seems to need, with a button each that starts the plan to do away with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import Words, plural, words
from commands.cost import _waste_owner, _waste_seen, _waste_snapshots, _waste_told
from commands.cost._waste_finding import Finding, Priced, Rules
from commands.cost._waste_findings import findings
from commands.cost._waste_seen import Seen
from commands.prices import book, said
from commands.reading import accounts_arg, everywhere, places, regions_arg

SHORTEST = 86400  # seconds


@dataclass(frozen=True, slots=True)
class Args:
    """What /cost waste is told."""

    older_than: timedelta = arg(
        Kind.DURATION,
        words("so old are snapshots whose volume is gone"),
        default=timedelta(days=90),
        at_least=SHORTEST,
    )
    stopped_for: timedelta = arg(
        Kind.DURATION,
        words("so long have instances been stopped"),
        default=timedelta(days=30),
        at_least=SHORTEST,
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """The dearest first, with whose they are; nothing changes, and no call of it is paid for."""
    rules = Rules(args.older_than, args.stopped_for)
    meant = places(world, args.account, args.region)
    read = everywhere(
        meant, lambda place: [_waste_seen.look(world, place, world.now - rules.snapshots_older_than)]
    )
    seen = [one for _, one in read]
    found, asked = _priced(world, seen, rules)
    owned, blind = _waste_owner.owned(world, found)
    unread = read.unread + tuple(gap for one in seen for gap in one.unread)
    amounts = [one.amount for one in owned]
    basis = said.basis(amounts)
    return Plan(
        _waste_told.summary(owned, whole=not unread),
        unread=unread,
        notes=(
            *_waste_told.kinds(owned),
            *((basis,) if basis else ()),
            *asked,
            *blind,
            *_left_out(seen),
            *_more(owned),
            words("only listings and prices were asked for, which cost nothing"),
        ),
        table=_waste_told.table(owned),
        file=_waste_told.file(owned, f"waste-{world.now.astimezone(world.zone):%Y-%m-%d}.csv"),
        offers=_waste_told.offers(owned),
    )


def _priced(world: World, seen: Sequence[Seen], rules: Rules) -> tuple[list[Priced], tuple[Words, ...]]:
    """What is found, the dearest first; the Price List is asked for what is found by the prices at hand."""
    first = _find(world, seen, rules)
    asked = book.ask(world, _things(first))
    rates = book.known(world)
    found = [Priced(one, one.amount(rates)) for one in _find(world, seen, rules)]
    return _waste_told.ordered(found), asked


def _find(world: World, seen: Sequence[Seen], rules: Rules) -> tuple[Finding, ...]:
    return findings(seen, world.aws.places(), rules, book.known(world), world.now)


def _things(found: Iterable[Finding]) -> Iterable[book.Asked]:
    for one in found:
        yield one.thing, one.place.region
        if one.instead is not None:
            yield one.instead, one.place.region


def _left_out(seen: Iterable[Seen]) -> Iterable[Words]:
    """What looks like waste, and is not judged."""
    managed, copies = _waste_snapshots.left_out(seen)
    if managed:
        yield plural(
            "left out: {n} old snapshot that AWS Backup or Data Lifecycle Manager deletes by itself",
            "left out: {n} old snapshots that AWS Backup or Data Lifecycle Manager deletes by itself",
            managed,
        )
    if copies:
        yield plural(
            "left out: {n} old snapshot that was copied, and does not say from what volume",
            "left out: {n} old snapshots that were copied, and do not say from what volume",
            copies,
        )


def _more(owned: Sequence[Priced]) -> Iterable[Words]:
    if len(owned) > _waste_told.ROWS:
        yield words("the table has the dearest {rows}; the file has all", rows=_waste_told.ROWS)
    if any(said.cell(one.amount) == said.UNKNOWN for one in owned):
        yield words("{mark}: no price is known", mark=said.UNKNOWN)


VERB = Verb(
    noun="cost",
    name="waste",
    help=words("What is paid for and nobody seems to need, with a button each to do away with it."),
    args=Args,
    risk=Risk.NONE,
    iam=tuple(sorted({*_waste_seen.IAM, *_waste_owner.IAM, *book.IAM})),
    plan=plan,
    examples=("/cost waste --account dev", "/cost waste --older-than 180d"),
)
