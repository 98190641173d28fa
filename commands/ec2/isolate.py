"""Isolate instances: nothing gets in or out, they keep running, and what was so before is noted.

Sources: "Security group connection tracking" (EC2 user guide): a flow that EC2 tracks may go on although no
rule lets it through any more; "Control traffic to your AWS resources using security groups" (VPC user guide):
Amazon's DNS, time and instance metadata are not filtered by them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aws import volume
from aws.account import Place
from aws.instance import Instance
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import create_snapshots, deregister_target, make_isolation, note_groups, set_groups
from commands.changes.create_snapshots import CREATE
from commands.changes.deregister_target import Registration
from commands.changes.instance_state import GROUP_TAG
from commands.changes.make_isolation import CLOSE_GROUP, MAKE_ISOLATION
from commands.changes.note_groups import NOTE_GROUPS
from commands.changes.set_groups import ISOLATE
from commands.ec2 import _isolated
from commands.ec2._extra import Extra
from commands.ec2._instances import targets_arg
from commands.ec2._isolated import Seen
from commands.generations import volumes
from commands.generations.volumes import Chosen
from commands.reading import accounts_arg, everywhere, regions_arg

GONE = ("shutting-down", "terminated")


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 isolate is told."""

    targets: Targets = targets_arg()
    without_snapshot: bool = arg(
        Kind.FLAG, words("make no snapshots of its volumes first, which would be evidence"), default=False
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """Snapshots, the group of the VPC where there is none, notes, and then each interface."""
    found = instances.find(world, args.targets, args.account, args.region)
    there = _isolated.by_place([(place, one) for place, one in found if one.state not in GONE])
    extras = {place: Extra(place.account) for place in there}
    read = everywhere(there, lambda place: [_in_place(world, place, there[place], args, extras[place])])
    steps = tuple(step for _, each in read for step in each.steps)
    left = [
        Left(instances.resource(place, one), words("it is {state}", state=one.state))
        for place, one in found
        if one.state in GONE
    ]
    left += [one for _, each in read for one in each.left]
    said = tuple(note for extra in extras.values() for note in extra.notes)
    count = len({step.about for step in steps if step.action == ISOLATE.name})
    summary = plural(
        "isolate {n} instance: nothing gets in or out", "isolate {n} instances: nothing gets in or out", count
    )
    return Plan(
        summary, steps, tuple(left), found.unread + read.unread, (*_notes(), *said) if count else said
    )


@dataclass(frozen=True, slots=True)
class _Planned:
    steps: tuple[Step, ...]
    left: tuple[Left, ...]


def _in_place(world: World, place: Place, there: Sequence[Instance], args: Args, extra: Extra) -> _Planned:
    seen = list(_isolated.read(world, place, there))
    meant = [one for one in seen if one.open]
    left = tuple(Left(instances.resource(place, one.instance), _why(one)) for one in seen if not one.open)
    gates = tuple(_gates(place, meant))
    ready = {step.target.id: (step.key,) for step in gates}  # the last of a VPC's: its group is closed
    machines = [one.instance for one in meant]
    evidence = () if args.without_snapshot else _evidence(world, place, machines)
    nowhere: dict[str, tuple[Registration, ...]] = {}
    served = extra.look(lambda: deregister_target.of(world, place, machines), nowhere, _unseen)
    steps: list[Step] = [*evidence, *gates]
    for one in meant:
        names = [each.group.name for each in served.get(one.instance.id, ())]
        steps += _steps(place, one, ready, evidence, tuple(_warnings(one.instance, names)))
    return _Planned(tuple(steps), left)


def _why(one: Seen) -> Words:
    if not one.interfaces:
        return words("it has no network interface")
    return words("it is isolated already")


def _gates(place: Place, meant: Iterable[Seen]) -> Iterator[Step]:
    """What each VPC lacks until it has a group that lets nothing through."""
    closing = {vpc: group for one in meant for vpc, group in one.closing.items()}
    for vpc in dict.fromkeys(each.vpc_id for one in meant for each in one.open):
        group = closing.get(vpc)
        making = make_isolation.making(place, vpc) if group is None else None
        if making:
            yield making
        if group is None or not group.is_closed:
            yield make_isolation.closing(place, vpc, needs=(making.key,) if making else ())


def _evidence(world: World, place: Place, there: Sequence[Instance]) -> tuple[Step, ...]:
    """A snapshot of each volume, those of an instance at one moment."""
    by_id = {one.id: one for one in there}
    found = volume.find(world.aws.ec2(place), instance_ids=sorted(by_id)) if by_id else ()
    chosen = [Chosen(one, by_id.get(one.instance_id)) for one in found]
    whole = volumes.together((place, one) for one in chosen)
    return tuple(
        create_snapshots.step(place, one, together=one.instance is not None and one.instance.id in whole)
        for one in chosen
    )


def _steps(
    place: Place,
    one: Seen,
    ready: Mapping[str, tuple[str, ...]],
    evidence: Sequence[Step],
    warnings: tuple[Words, ...],
) -> Iterator[Step]:
    """The note, then each interface; no note and no snapshot that fails keeps it from being isolated."""
    note = note_groups.noting(place, one.instance, {each.id: each.group_ids for each in one.open})
    yield note
    mine = [step.key for step in evidence if step.target.id in one.instance.volume_ids]
    for at, each in enumerate(one.open):
        yield set_groups.isolating(
            place,
            one.instance,
            each,
            needs=ready.get(each.vpc_id, ()),
            follows=(note.key, *mine),
            warnings=() if at else warnings,
        )


def _warnings(one: Instance, served: Sequence[str]) -> Iterator[Words]:
    """Who will miss it."""
    if group := one.tags.get(GROUP_TAG, ""):
        yield words("its Auto Scaling group {group} may find it unhealthy, and replace it", group=group)
    for name in dict.fromkeys(served):
        yield words("{group} sends to it, and will find it unhealthy", group=name)


def _notes() -> tuple[Words, ...]:
    return (
        words(
            "connections that are open may live on, since EC2 tracks them (“Security group connection"
            " tracking”); a network ACL of its subnet, or a stop, cuts them"
        ),
        words("it keeps running, and nobody reaches it, not even by Session Manager"),
        words("`/ec2 release` gives back the security groups that it has now"),
    )


def _unseen(why: Words) -> Words:
    return words("could not look in which target groups they are: {why}", why=why)


VERB = Verb(
    noun="ec2",
    name="isolate",
    help=words("Isolate instances: nothing gets in or out, and their volumes are kept as evidence."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", "ec2:DescribeVolumes", *_isolated.IAM, *deregister_target.READS),
    plan=plan,
    examples=(
        '/ec2 isolate i-0123456789abcdef0 --emergency "AWS reports abuse"',
        "/ec2 isolate i-0123456789abcdef0",
    ),
    actions=(CREATE, MAKE_ISOLATION, CLOSE_GROUP, NOTE_GROUPS, ISOLATE),
)
