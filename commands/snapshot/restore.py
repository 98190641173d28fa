"""Make volumes of snapshots in a zone, with Fast Snapshot Restore if asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from aws import fast_restore, snapshot
from aws.account import Place
from aws.fast_restore import MOST_SNAPSHOTS, OFF
from aws.snapshot import Snapshot
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.changes import enable_fast_restore, make_volume
from commands.changes.enable_fast_restore import DISABLE, ENABLE
from commands.changes.make_volume import MAKE_VOLUME
from commands.generations import first_reads
from commands.reading import accounts_arg, all_named, everywhere, places, regions_arg

TYPES = ("gp3", "gp2", "st1", "sc1")
"""Those that need no number of IOPS."""
LARGEST_FAST = 16 * 1024  # GiB


@dataclass(frozen=True, slots=True)
class Args:
    """What /snapshot restore is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("the ids of the snapshots"), option=False, required=True, prefixes=("snap-",)
    )
    zone: str = arg(Kind.WORD, words("the Availability Zone of the volumes"), required=True)
    type: str = arg(Kind.CHOICE, words("the type of the volumes"), default="gp3", choices=TYPES)
    size: int | None = arg(Kind.NUMBER, words("GiB, if they shall be larger"), at_least=1, at_most=64 * 1024)
    fast: bool = arg(
        Kind.FLAG, words("enable Fast Snapshot Restore for it: no slow first reads"), default=False
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One new volume for each snapshot; nothing that is there changes."""
    if args.targets != Targets(ids=args.targets.ids):
        raise UsageError(words("Name the snapshots by their ids; `/snapshot list` shows them."))
    meant = places(world, args.account, args.region)
    found = everywhere(meant, lambda place: snapshot.find(world.aws.ec2(place), ids=args.targets.ids))
    all_named(args.targets, (one.id for _, one in found), found.unread)
    for place, one in found:
        _must_fit(args, place, one)
    fit = [(place, one) for place, one in found if _why_not(one) is None]
    left = tuple(Left(_resource(place, one), why) for place, one in found if (why := _why_not(one)))
    steps = tuple(step for place, one in fit for step in _steps(args, world, place, one))
    summary = plural(
        "make {n} volume of a snapshot in {zone}",
        "make {n} volumes of snapshots in {zone}",
        len(fit),
        zone=args.zone,
    )
    return Plan(
        summary, steps, left, found.unread, notes=() if args.fast or not fit else (_offer(fit[0][1]),)
    )


def _must_fit(args: Args, place: Place, one: Snapshot) -> None:
    """Raise UsageError for a zone, or a size, that cannot be."""
    if not args.zone.startswith(place.region):
        raise UsageError(
            words(
                "{id} is in {region}, and {zone} is not; `/snapshot copy` brings it elsewhere.",
                id=one.id,
                region=place.region,
                zone=args.zone,
            )
        )
    if args.size is not None and args.size < one.size_gib:
        raise UsageError(
            words("{id} needs at least {size} GiB; a volume does not shrink.", id=one.id, size=one.size_gib)
        )
    if args.fast and one.size_gib > LARGEST_FAST:
        raise UsageError(
            words("Fast Snapshot Restore is for snapshots up to 16 TiB; {id} is larger.", id=one.id)
        )


def _why_not(one: Snapshot) -> Words | None:
    if one.state != "completed":
        return words("it is {state}", state=one.state)
    if one.tier != "standard":
        return words("it is in the archive: bringing it back takes 24 to 72 hours")
    return None


def _offer(one: Snapshot) -> Words:
    return words(
        "With --fast there are no slow first reads: Fast Snapshot Restore, ready after about {span}, costs"
        " about $0.75 for each hour and zone.",
        span=first_reads.fast_takes(one.size_gib),
    )


def _resource(place: Place, one: Snapshot) -> Resource:
    return Resource(place.account, place.region, "snapshot", one.id, one.name, tuple(one.tags.items()))


def _steps(args: Args, world: World, place: Place, one: Snapshot) -> Iterator[Step]:
    target, kind, size = _resource(place, one), args.type, args.size
    if not args.fast:
        slow = (first_reads.warning(one.size_gib),)
        yield make_volume.step(target, args.zone, type=kind, size_gib=size, warnings=slow)
        return
    if _is_on(world, place, one, args.zone):
        yield make_volume.step(target, args.zone, type=kind, size_gib=size)
        return
    first = enable_fast_restore.enable(target, args.zone, one.size_gib)
    then = make_volume.step(target, args.zone, type=kind, size_gib=size, needs=(first.key,))
    yield from (first, then, enable_fast_restore.disable(first, then.key))


def _is_on(world: World, place: Place, one: Snapshot, zone: str) -> bool:
    """Whether somebody enabled it there already.  Raises UsageError when the region has no room for it."""
    on = [each for each in fast_restore.find(world.aws.ec2(place)) if each.state not in OFF]
    if any(each.snapshot_id == one.id and each.zone == zone for each in on):
        return True
    others = sorted({each.snapshot_id for each in on} - {one.id})
    if len(others) >= MOST_SNAPSHOTS:
        raise UsageError(
            words(
                "Fast Snapshot Restore is on for {n} snapshots in {region}, and more are not allowed: {ids}.",
                n=len(others),
                region=place.region,
                ids=", ".join(others),
            )
        )
    return False


VERB = Verb(
    noun="snapshot",
    name="restore",
    help=words("Make volumes of snapshots in a zone; --fast spares their slow first reads."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeSnapshots", "ec2:DescribeFastSnapshotRestores"),
    plan=plan,
    examples=(
        "/snapshot restore snap-0123456789abcdef0 --zone ap-northeast-1a --size 100 --fast",
        "/snapshot restore snap-0123456789abcdef0 --zone ap-northeast-1a",
    ),
    actions=(MAKE_VOLUME, ENABLE, DISABLE),
)
