"""Delete EBS volumes that are attached to nothing; by default a last snapshot of each is completed first."""

from dataclasses import dataclass, replace

from aws.account import Place
from aws.volume import Volume
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.words import Words, plural, words
from commands.changes import create_snapshots, remove_volume
from commands.changes.create_snapshots import CREATE
from commands.changes.remove_volume import DELETE_VOLUME
from commands.generations.overrides import is_excluded
from commands.generations.tags import EXCLUDE
from commands.generations.volumes import Chosen
from commands.prices import book, of, said, thing
from commands.prices.estimate import price
from commands.volume import _volumes

CLAIM = "kubernetes.io/created-for/pvc/name"
"""The tag that Kubernetes' volume driver puts on what it makes ("Amazon EBS CSI driver", tagging)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(_volumes.Args):
    """What /volume delete is told."""

    without_snapshot: bool = arg(
        Kind.FLAG, words("make no last snapshot: what is on them is gone for good"), default=False
    )


def plan(args: Args, world: World) -> Plan:
    """A last snapshot and a deletion for each volume that is attached to nothing; the others are left."""
    found = _volumes.find(world, args.targets, args.account, args.region)
    going = [(place, one) for place, one in found if _why_left(one) is None]
    left = tuple(
        Left(remove_volume.resource(place, one), why) for place, one in found if (why := _why_left(one))
    )
    snapshots = {} if args.without_snapshot else {one.id: _last(place, one) for place, one in going}
    deletions = tuple(_deletion(place, one, snapshots.get(one.id)) for place, one in going)
    summary = _summary(len(found), len(going), snapshots=not args.without_snapshot)
    notes = _notes(world, going, snapshots=not args.without_snapshot)
    return Plan(summary, (*snapshots.values(), *deletions), left, found.unread, notes)


def _why_left(one: Volume) -> Words | None:
    if one.state != "available":
        return _volumes.why_busy(one)
    if is_excluded(one.tags):
        return words("its tag {key} keeps it out", key=EXCLUDE)
    return None


def _last(place: Place, one: Volume) -> Step:
    return create_snapshots.step(place, Chosen(one, None), together=False)


def _deletion(place: Place, one: Volume, last: Step | None) -> Step:
    """Its deletion; after the last snapshot, if there is to be one."""
    made = remove_volume.step(place, one, warnings=tuple(_warnings(one, kept=last is not None)))
    return made if last is None else replace(made, needs=(last.key,))


def _warnings(one: Volume, *, kept: bool) -> list[Words]:
    if kept:
        said_ = [words("cannot be undone; its last snapshot stays, of which a volume can be made")]
    else:
        said_ = [words("cannot be undone: what is on it is gone")]
    if claim := one.tags.get(CLAIM):
        said_.append(
            words("Kubernetes made it for the claim {claim}, and may look for it again", claim=claim)
        )
    return said_


def _summary(found: int, going: int, *, snapshots: bool) -> Words:
    if snapshots:
        return plural(
            "delete {count} of {n} volume, after a last snapshot",
            "delete {count} of {n} volumes, after a last snapshot of each",
            found,
            count=going,
        )
    return plural(
        "delete {count} of {n} volume, without a last snapshot",
        "delete {count} of {n} volumes, without a last snapshot",
        found,
        count=going,
    )


def _notes(world: World, going: list[tuple[Place, Volume]], *, snapshots: bool) -> tuple[Words, ...]:
    """What is saved, by the list."""
    if not going:
        return ()
    rates = book.known(world)
    now = [price(of.volume(one), place.region, rates) for place, one in going]
    notes = [words("they cost {amount}", amount=said.sum_of(now))]
    if snapshots:
        kept = [price(thing.snapshot(one.size_gib), place.region, rates) for place, one in going]
        notes.append(words("the snapshots cost {amount}", amount=said.sum_of(kept)))
    basis = said.basis(now)
    return (*notes, basis) if basis else tuple(notes)


VERB = Verb(
    noun="volume",
    name="delete",
    help=words("Delete EBS volumes that are attached to nothing, after a last snapshot of each."),
    args=Args,
    risk=Risk.DESTROY,
    iam=_volumes.READS,
    plan=plan,
    examples=(
        "/volume delete tag:toban:test --without-snapshot",
        "/volume delete vol-0123456789abcdef0",
    ),
    actions=(CREATE, DELETE_VOLUME),
)
