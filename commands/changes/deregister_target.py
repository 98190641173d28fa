"""Take an instance out of its target groups: nothing new reaches it, what it has begun may end."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aws import target_group
from aws.account import Place
from aws.instance import Instance
from aws.target_group import Target, TargetGroup
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands import instances
from commands.reading import fields

NAME = "ec2.drain"
READS = ("elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth")
REGISTERED, LEAVING = fields(target="registered"), fields(target="draining or gone")


@dataclass(frozen=True, slots=True)
class Registration:
    """An instance in a target group."""

    group: TargetGroup
    target: str  # the instance's id, or its address where the group registers addresses
    ports: tuple[int, ...]


def of(world: World, place: Place, there: Collection[Instance]) -> dict[str, tuple[Registration, ...]]:
    """Where each of these instances is registered now, by its id; one look for each group of their VPCs."""
    elbv2, vpcs = world.aws.elbv2(place), {one.vpc_id for one in there}
    found: dict[str, tuple[Registration, ...]] = {}
    for group in target_group.find(elbv2) if there else ():
        if group.kind in ("instance", "ip") and group.vpc_id in vpcs:
            targets = [one for one in target_group.targets(elbv2, group.arn) if _is_registered(one)]
            for id_, registration in _in_group(group, targets, there):
                found[id_] = (*found.get(id_, ()), registration)
    return found


def of_gone(world: World, place: Place, ids: Collection[str]) -> dict[str, tuple[Registration, ...]]:
    """Where instances that are gone are registered still, by their ids; one look for each group."""
    elbv2 = world.aws.elbv2(place)
    found: dict[str, tuple[Registration, ...]] = {}
    for group in target_group.find(elbv2):
        if group.kind != "instance":
            continue
        ports: dict[str, list[int]] = {}
        for one in target_group.targets(elbv2, group.arn):
            if one.id in ids and _is_registered(one):
                ports.setdefault(one.id, []).append(one.port)
        for id_, each in ports.items():
            found[id_] = (*found.get(id_, ()), Registration(group, id_, tuple(sorted(each))))
    return found


def _in_group(
    group: TargetGroup, targets: Sequence[Target], there: Collection[Instance]
) -> Iterator[tuple[str, Registration]]:
    for one in there:
        known_as = one.id if group.kind == "instance" else one.private_ip
        ports = tuple(sorted(target.port for target in targets if known_as and target.id == known_as))
        if ports:
            yield one.id, Registration(group, known_as, ports)


def _is_registered(one: Target) -> bool:
    """Whether a group still sends something new to a target, or would."""
    return one.state != "draining" and one.reason != "Target.NotRegistered"


def step(place: Place, one: Instance, registration: Registration) -> Step:
    """Take one instance out of one group."""
    return step_of(instances.resource(place, one), registration)


def step_of(one: Resource, registration: Registration) -> Step:
    """Take an instance, which may be gone, out of one group."""
    ports = " ".join(map(str, registration.ports))
    return Step(
        key=f"{NAME}/{one.account}/{one.region}/{one.id}/{registration.group.name}",
        action=NAME,
        target=one,
        before=REGISTERED,
        after=LEAVING,
        inputs=fields(group=registration.group.arn, target=registration.target, ports=ports),
    )


# -- the change as an action ---------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is registered; one look for each group."""
    there = _registered(world, place, steps)
    return {step.key: REGISTERED if _whom(step) in there else LEAVING for step in steps}


def _registered(world: World, place: Place, steps: Sequence[Step]) -> set[tuple[str, str]]:
    elbv2 = world.aws.elbv2(place)
    groups = dict.fromkeys(_whom(step)[0] for step in steps)
    return {
        (arn, one.id) for arn in groups for one in target_group.targets(elbv2, arn) if _is_registered(one)
    }


def _whom(step: Step) -> tuple[str, str]:
    """The group and the target that a step is about."""
    more = dict(step.inputs)
    return more["group"], more["target"]


def call(world: World, batch: Batch) -> Called:
    """DeregisterTargets with every port of the one target."""
    (step,) = batch.steps
    (group, target), ports = _whom(step), dict(step.inputs)["ports"].split()
    return Called(
        target_group.deregister(world.aws.elbv2(batch.place), group, target, [int(port) for port in ports])
    )


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so once the group sends it nothing new, while what it has begun may take its time."""
    there = _registered(world, place, [one.step for one in sent])
    return {one.step.key: _seen(one.step, registered=_whom(one.step) in there) for one in sent}


def _seen(step: Step, *, registered: bool) -> Seen:
    (name,) = target_group.names_of([_whom(step)[0]])
    if registered:
        return Seen(Sight.COMING, words("still registered with {group}", group=name))
    return Seen(Sight.REACHED, words("nothing new from {group} reaches it", group=name))


DRAIN = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:DescribeTargetHealth"),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=3),
    within=timedelta(minutes=2),
)
