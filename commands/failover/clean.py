"""What failure tests and forgotten labs have left behind, what it costs, and the plan to do away with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Cell, Left, Offer, Plan, Table
from bot.words import Words, plural, words
from commands.changes.deny_bucket import ALLOW
from commands.changes.release_address import RELEASE
from commands.changes.remove_acl import REMOVE_ACL
from commands.changes.remove_balancer import DELETE_BALANCER
from commands.changes.remove_group import REMOVE_GROUP
from commands.changes.remove_instance import REMOVE_INSTANCE
from commands.changes.remove_snapshot import REMOVE
from commands.changes.remove_volume import DELETE_VOLUME
from commands.changes.start_instances import START
from commands.failover import _leftovers
from commands.failover._leftover import Kind as Of
from commands.failover._leftover import Leftover, Rules
from commands.prices import book, said
from commands.prices.estimate import Estimate
from commands.reading import accounts_arg, everywhere, places, regions_arg

ROWS = 40
HEADS = (
    words("Why"),
    words("Resource"),
    words("Name"),
    words("What"),
    words("Since"),
    words("Account"),
    words("Region"),
    words("A month"),
    words("What becomes of it"),
)

_WHY = {
    Of.DRILL: words("left by a drill"),
    Of.STOPPED: words("stopped by a drill"),
    Of.TEST: words("made for a test"),
    Of.LAB: words("of a lab"),
}


@dataclass(frozen=True, slots=True)
class Args:
    """What /failover clean is told."""

    report: bool = arg(Kind.FLAG, words("only say what is left over, and plan nothing"), default=False)
    older_than: timedelta = arg(
        Kind.DURATION,
        words("so old is what was made by hand for a test or a lab; what is younger stays"),
        default=timedelta(days=1),
        at_least=60,
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """The dearest first; a step for each that can go, unless only a report is asked for."""
    under_way = frozenset(one.number for one in world.drills.find(open_only=True))
    rules = Rules(world.now, args.older_than, under_way)
    read = everywhere(
        places(world, args.account, args.region), lambda place: [_leftovers.look(world, place, rules)]
    )
    found = [one for _, seen in read for one in seen.found]
    asked = book.ask(world, [(one.thing, one.target.region) for one in found if one.thing])
    priced = _ordered(world, found)
    unread = read.unread + tuple(gap for _, seen in read for gap in seen.unread)
    steps = () if args.report else tuple(one.step for one, _ in priced if one.step)
    return Plan(
        _summary(priced, whole=not unread),
        steps,
        () if args.report else tuple(Left(one.target, one.stays) for one, _ in priced if one.stays),
        unread,
        (*_notes(priced), *asked),
        _table(priced),
        offers=_offers(priced) if args.report else (),
    )


Priced = Sequence[tuple[Leftover, Estimate]]


def _ordered(world: World, found: Sequence[Leftover]) -> Priced:
    """The dearest first; of one price, in the order in which they were found."""
    rates = book.known(world)
    priced = [(one, one.amount(rates)) for one in found]
    return sorted(priced, key=lambda each: (each[1].amount is None, -(each[1].amount or 0)))


def _summary(found: Priced, *, whole: bool) -> Words:
    if not found and whole:
        return words("nothing is left over")
    if not found:
        return words("nothing is left over as far as could be looked")
    return plural(
        "{n} thing is left over of failure tests and labs: {amount}",
        "{n} things are left over of failure tests and labs: {amount}",
        len(found),
        amount=said.sum_of([amount for _, amount in found]),
    )


def _notes(found: Priced) -> list[Words]:
    """What can go, what that saves, and by which list."""
    able = [amount for one, amount in found if one.step]
    notes = []
    if able:
        notes.append(
            plural(
                "{n} of them can go: {amount}",
                "{n} of them can go: {amount}",
                len(able),
                amount=said.sum_of(able),
            )
        )
    basis = said.basis([amount for one, amount in found if one.thing])
    if basis:
        notes.append(basis)
    if len(found) > ROWS:
        notes.append(words("the table has the dearest {rows}", rows=ROWS))
    return notes


def _table(found: Priced) -> Table | None:
    return Table(HEADS, tuple(_row(one, amount) for one, amount in found[:ROWS])) if found else None


def _row(one: Leftover, amount: Estimate) -> tuple[Cell, ...]:
    target = one.target
    since = f"{one.made:%Y-%m-%d}" if one.made else ""
    where = target.account, target.region
    then = one.stays or words("it goes")
    if one.step and one.step.action == START.name:
        then = words("it is started again")
    return _WHY[one.kind], target.id, target.name, one.what, since, *where, said.cell(amount), then


def _offers(found: Priced) -> tuple[Offer, ...]:
    able = any(one.step for one, _ in found)
    return (Offer(words("Clean up"), "failover clean"),) if able else ()


VERB = Verb(
    noun="failover",
    name="clean",
    help=words("Do away with what failure tests and forgotten labs have left behind, and say what it costs."),
    args=Args,
    risk=Risk.DESTROY,
    iam=tuple(sorted({*_leftovers.READS, *book.IAM})),
    plan=plan,
    examples=("/failover clean --report", "/failover clean --older-than 3d --account dev"),
    actions=(
        REMOVE_INSTANCE,
        START,
        DELETE_VOLUME,
        REMOVE,
        RELEASE,
        DELETE_BALANCER,
        REMOVE_ACL,
        REMOVE_GROUP,
        ALLOW,
    ),
)
