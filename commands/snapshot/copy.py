"""Copy snapshots to another region; what is there already is not copied again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from aws import snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.changes import copy_snapshot
from commands.changes.copy_snapshot import COPY_ACTION
from commands.changes.delete_snapshot import DELETE, prune
from commands.generations import of_volumes, volumes
from commands.generations.candidates import must_be_looked_after
from commands.generations.options import KeepOptions
from commands.generations.series import Pruned, Series
from commands.generations.tags import COPY, COPY_OF, VOLUME
from commands.reading import Found, accounts_arg, all_named, everywhere, places, regions_arg


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(KeepOptions):
    """What /snapshot copy is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("snapshots; or volumes and instances: the newest generation of each volume"),
        option=False,
        required=True,
        prefixes=("snap-", "vol-", "i-"),
    )
    to: tuple[str, ...] = arg(Kind.REGION, words("copy to this region"), required=True, many=True)
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


@dataclass(frozen=True, slots=True)
class Source:
    """A snapshot to copy, and the volume it is a generation of."""

    id: str
    state: str
    volume: str
    resource: Resource


def plan(args: Args, world: World) -> Plan:
    """A copy in each region for each snapshot that has none there; with --keep, old copies go afterwards."""
    found = _sources(args, world)
    must_be_looked_after(world, args.to, {place.account for place, _ in found})
    wanted = [(home, one, Place(home.account, region)) for home, one in found for region in args.to]
    there = _copies(world, wanted)
    steps, left = _steps(wanted, there)
    pruned = _prune(args, world, steps)
    gone = tuple(step for _, one in pruned for step in one.steps)
    summary = plural("copy {n} snapshot", "copy {n} snapshots", len(steps))
    if args.rule.asked:
        summary = words("{copy}, delete {n} old copies", copy=summary, n=len(gone))
    used = tuple(each for _, one in pruned for each in one.left)
    return Plan(summary, (*steps, *gone), (*left, *used), found.unread + there.unread + pruned.unread)


Wanted = tuple[Place, Source, Place]  # from, what, to


def _sources(args: Args, world: World) -> Found[Source]:
    """The snapshots by id, and the newest generation of each volume that is meant."""
    targets = args.targets
    named = tuple(one for one in targets.ids if one.startswith("snap-"))
    others = replace(targets, ids=tuple(one for one in targets.ids if one not in named))
    by_id: Found[Source] = Found((), ())
    if named:
        by_id = everywhere(
            places(world, args.account, args.region), lambda place: _by_id(world, place, named)
        )
        all_named(Targets(ids=named), (one.id for _, one in by_id), by_id.unread)
    if others == Targets():
        return by_id
    chosen = volumes.find(world, others, args.account, args.region)
    newest = everywhere({place for place, _ in chosen}, lambda place: _newest(world, place, chosen))
    return Found(by_id.items + newest.items, by_id.unread + chosen.unread + newest.unread)


def _by_id(world: World, place: Place, named: Sequence[str]) -> Iterator[Source]:
    for one in snapshot.find(world.aws.ec2(place), ids=named):
        tags = tuple(one.tags.items())
        target = Resource(place.account, place.region, "snapshot", one.id, one.name, tags)
        yield Source(one.id, one.state, one.tags.get(VOLUME, one.volume_id), target)


def _newest(world: World, place: Place, chosen: Found[volumes.Chosen]) -> Iterator[Source]:
    meant = [one.id for where, one in chosen if where == place]
    for volume, generations in of_volumes.of(world, place, meant).items():
        newest = generations[0]
        yield Source(newest.id, "completed", volume, newest.resource(place))


def _copies(world: World, wanted: Iterable[Wanted]) -> Found[Snapshot]:
    """The copies that are there already, or on their way."""
    sources: dict[Place, list[str]] = defaultdict(list)
    for _, one, to in wanted:
        sources[to].append(one.id)
    return everywhere(
        tuple(sources),
        lambda place: (
            one
            for one in snapshot.find(world.aws.ec2(place), tags=[(COPY_OF, key) for key in sources[place]])
            if one.state != "error"
        ),
    )


def _steps(wanted: Iterable[Wanted], there: Found[Snapshot]) -> tuple[list[Step], list[Left]]:
    copies = {(place, one.tags[COPY_OF]): one for place, one in there}
    blind = {one.place for one in there.unread}
    steps, left = [], []
    for home, one, to in wanted:
        why = _why_not(one, home, to, copies.get((to, one.id)))
        if why is not None:
            left.append(Left(one.resource, why))
        elif to not in blind:
            steps.append(copy_snapshot.of_existing(to, one.resource, one.volume))
    return steps, left


def _why_not(one: Source, home: Place, to: Place, copy: Snapshot | None) -> Words | None:
    if home == to:
        return words("it is in {region} itself", region=to.region)
    if one.state != "completed":
        return words("it is {state}", state=one.state)
    if copy is not None:
        return words("its copy in {region} is {id}", region=to.region, id=copy.id)
    return None


def _prune(args: Args, world: World, steps: Iterable[Step]) -> Found[Pruned]:
    """Old copies of the volumes that get a new one."""
    series: dict[Place, list[Series]] = defaultdict(list)
    for step in steps if args.rule.asked else ():
        series[step.target.place].append(Series(step.about, args.rule, new=True, after=(step.key,)))
    return everywhere(tuple(series), lambda place: [prune(world, place, series[place], COPY)])


VERB = Verb(
    noun="snapshot",
    name="copy",
    help=words("Copy snapshots to another region, once; with --keep old copies there go."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", "ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:DescribeImages"),
    plan=plan,
    examples=(
        "/snapshot copy snap-0123456789abcdef0 --to us-east-1",
        "/snapshot copy tag:Backup=nightly --keep 3 --to us-east-1",
    ),
    actions=(COPY_ACTION, DELETE),
)
