"""Take instances out of their target groups and save their logs: what a spot interruption leaves time for.

Two minutes pass between the notice and the end ("Spot Instance interruption notices", EC2 user guide).  So
the target groups come first, and the snapshots wait for their calls only, not until nothing drains any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aws import volume
from aws.account import Place
from aws.instance import Instance
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import create_snapshots, deregister_target
from commands.changes.create_snapshots import CREATE
from commands.changes.deregister_target import DRAIN, Registration
from commands.ec2._extra import Extra
from commands.ec2._instances import targets_arg
from commands.generations import volumes
from commands.generations.volumes import Chosen
from commands.reading import Found, accounts_arg, everywhere, regions_arg

LOGS_TAG = "toban:logs"  # on a volume: true says that it holds logs
LOGS, DATA, EVERY, NONE = "logs", "data", "all", "none"
_ALIVE = ("pending", "running", "stopping", "stopped")


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 drain is told."""

    targets: Targets = targets_arg()
    volumes: str = arg(
        Kind.CHOICE,
        words(
            "snapshots of those with the tag toban:logs=true, of all but the root volume, of all, or of none"
        ),
        default=LOGS,
        choices=(LOGS, DATA, EVERY, NONE),
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


@dataclass(frozen=True, slots=True)
class Drained:
    """One instance with its steps."""

    instance: Instance
    groups: tuple[Step, ...]
    snapshots: tuple[Step, ...]


def plan(args: Args, world: World) -> Plan:
    """A step for each target group of each instance, and for each volume to save."""
    found = instances.find(world, args.targets, args.account, args.region)
    of: dict[Place, list[Instance]] = {}
    for place, one in found:
        of.setdefault(place, []).append(one)
    extras = {place: Extra(place.account) for place in of}
    read = everywhere(of, lambda place: _in_place(world, place, of[place], args.volumes, extras[place]))
    drained = [one for _, one in read]
    steps = tuple(step for one in drained for step in (*one.groups, *one.snapshots))
    left = tuple(_left(read))
    summary = plural(
        "take {n} instance out of {groups} target groups, and save {volumes} volumes",
        "take {n} instances out of {groups} target groups, and save {volumes} volumes",
        len(drained) - len(left),
        groups=str(sum(len(one.groups) for one in drained)),
        volumes=str(sum(len(one.snapshots) for one in drained)),
    )
    notes = tuple(note for extra in extras.values() for note in extra.notes)
    return Plan(summary, steps, left, found.unread + read.unread, notes)


def _left(read: Found[Drained]) -> Iterable[Left]:
    for place, one in read:
        if not (one.groups or one.snapshots):
            yield Left(instances.resource(place, one.instance), _why(one.instance))


def _why(one: Instance) -> Words:
    if one.state not in _ALIVE:
        return words("it is {state}", state=one.state)
    return words("in no target group, and no volume to save")


def _in_place(
    world: World, place: Place, there: Sequence[Instance], which: str, extra: Extra
) -> list[Drained]:
    """Logs are saved also where nobody may see the target groups."""
    alive = [one for one in there if one.state in _ALIVE]
    nowhere: dict[str, tuple[Registration, ...]] = {}
    registered = extra.look(lambda: deregister_target.of(world, place, alive), nowhere, _unseen)
    saved = _volumes(world, place, alive, which)
    whole = volumes.together((place, one) for theirs in saved.values() for one in theirs)
    drained = []
    for one in there:
        out = tuple(deregister_target.step(place, one, each) for each in registered.get(one.id, ()))
        after = tuple(step.key for step in out)
        snapshots = tuple(
            replace(create_snapshots.step(place, each, together=one.id in whole), follows=after)
            for each in saved.get(one.id, ())
        )
        drained.append(Drained(one, out, snapshots))
    return drained


def _unseen(why: Words) -> Words:
    return words("taken out of no target group, since nobody could look: {why}", why=why)


def _volumes(
    world: World, place: Place, alive: Sequence[Instance], which: str
) -> dict[str, tuple[Chosen, ...]]:
    """The volumes to save, by instance."""
    if which == NONE or not alive:
        return {}
    by_id = {one.id: one for one in alive}
    saved: dict[str, tuple[Chosen, ...]] = {}
    for each in volume.find(world.aws.ec2(place), instance_ids=sorted(by_id)):
        one = by_id[each.instance_id]
        meant = {
            LOGS: each.tags.get(LOGS_TAG, "").casefold() == "true",
            DATA: each.id != one.root_volume_id,
            EVERY: True,
        }
        if meant[which]:
            saved[one.id] = (*saved.get(one.id, ()), Chosen(each, one))
    return saved


VERB = Verb(
    noun="ec2",
    name="drain",
    help=words("Take instances out of their target groups and save their logs, before they go."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", "ec2:DescribeVolumes", *deregister_target.READS),
    plan=plan,
    examples=(
        '/ec2 drain i-0123456789abcdef0 --emergency "spot interruption notice"',
        "/ec2 drain tag:role=batch --volumes data",
    ),
    actions=(DRAIN, CREATE),
)
