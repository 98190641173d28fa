"""Move snapshots into the archive: cheaper by the month, and days away when they are needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aws import image, snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.changes import archive_snapshot
from commands.changes.archive_snapshot import ARCHIVE
from commands.generations import of_volumes
from commands.generations.tags import COPY, KIND, SNAPSHOT
from commands.reading import accounts_arg, all_named, everywhere, places, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /snapshot archive is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("the ids of the snapshots"), option=False, required=True, prefixes=("snap-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step for each snapshot that can go there; what it costs and what is lost stands beside it.

    Source: "Considerations and limitations for archiving Amazon EBS snapshots", EBS user guide.
    """
    if args.targets != Targets(ids=args.targets.ids):
        raise UsageError(words("Name the snapshots by their ids; `/snapshot list` shows them."))
    meant = places(world, args.account, args.region)
    found = everywhere(meant, lambda place: _in(world, place, args.targets.ids))
    all_named(args.targets, (one.target.id for _, one in found), found.unread)
    steps = tuple(one for _, one in found if isinstance(one, Step))
    left = tuple(one for _, one in found if isinstance(one, Left))
    return Plan(
        plural("archive {n} snapshot", "archive {n} snapshots", len(steps)), steps, left, found.unread
    )


def _in(world: World, place: Place, ids: Sequence[str]) -> Iterator[Step | Left]:
    there = list(snapshot.find(world.aws.ec2(place), ids=ids))
    used = image.users_of(world.aws.ec2(place), [one.id for one in there])
    newest = _newest(world, place, there)
    for one in there:
        why = _why_not(one, used.get(one.id, ()))
        if why is not None:
            yield Left(_resource(place, one), why)
            continue
        volume = of_volumes.volume_of(one, one.tags.get(KIND, ""))
        last = one.id in newest
        yield archive_snapshot.step(
            _resource(place, one),
            volume,
            newer=bool(volume) and not last,
            warnings=_warnings(one, volume, last),
        )


def _newest(world: World, place: Place, there: Sequence[Snapshot]) -> set[str]:
    """The newest generation of each volume that these are generations of."""
    newest: set[str] = set()
    for kind in (SNAPSHOT, COPY):
        volumes = {of_volumes.volume_of(one, kind) for one in there} - {""}
        found = of_volumes.of(world, place, volumes, kind)
        newest |= {generations[0].id for generations in found.values()}
    return newest


def _why_not(one: Snapshot, images: Sequence[str]) -> Words | None:
    if one.tier == "archive":
        return words("it is in the archive already")
    if one.state != "completed":
        return words("it is {state}", state=one.state)
    if images:
        return words("{images} uses it", images=", ".join(images))
    return None


def _warnings(one: Snapshot, volume: str, last: bool) -> tuple[Words, ...]:
    newest = words(
        "it is the newest good generation of {volume}: for days nothing newer than the one before can be"
        " restored",
        volume=volume,
    )
    return (
        *((newest,) if last else ()),
        words(
            "at least 90 days in the archive are billed, at its full size, up to {size} GiB",
            size=one.size_gib,
        ),
        words("to be used it must be brought back first: 24 to 72 hours, billed by its size"),
    )


def _resource(place: Place, one: Snapshot) -> Resource:
    return Resource(place.account, place.region, "snapshot", one.id, one.name, tuple(one.tags.items()))


VERB = Verb(
    noun="snapshot",
    name="archive",
    help=words("Move snapshots into the archive: cheaper by the month, days away when needed."),
    args=Args,
    risk=Risk.DESTROY,
    iam=("ec2:DescribeSnapshots", "ec2:DescribeImages"),
    plan=plan,
    examples=("/snapshot archive snap-0123456789abcdef0",),
    actions=(ARCHIVE,),
)
