"""Stop EC2 instances; their disks and addresses stay."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import instance
from aws.account import Place
from aws.instance import Instance
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, Verb, World
from bot.plan import Left, Plan, Step
from bot.words import Words, plural, words
from commands import instances
from commands.ec2 import _instances
from commands.ec2._instances import Args
from commands.reading import fields


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that runs; the others are left, with the reason."""
    found = instances.find(world, args.targets, args.account, args.region)
    steps = tuple(_step(place, one) for place, one in found if _why_left(one) is None)
    left = tuple(
        Left(instances.resource(place, one), why)
        for place, one in found
        if (why := _why_left(one)) is not None
    )
    summary = plural(
        "stop {count} of {n} instance", "stop {count} of {n} instances", len(found), count=len(steps)
    )
    return Plan(summary, steps, left, found.unread)


def _why_left(one: Instance) -> Words | None:
    if one.state != "running":
        return words("it is {state}", state=one.state)
    if one.root_device == "instance-store":
        return words("its root device is an instance store: EC2 cannot stop it")
    return None


def _step(place: Place, one: Instance) -> Step:
    group = one.tags.get(_instances.GROUP_TAG, "")
    replaced = words("its Auto Scaling group {group} will replace it", group=group)
    return Step(
        key=f"ec2.stop/{place.account}/{place.region}/{one.id}",
        action="ec2.stop",
        target=instances.resource(place, one),
        before=fields(state="running"),
        after=fields(state="stopped"),
        warnings=(replaced,) if group else (),
    )


def call(world: World, batch: Batch) -> Called:
    """Ask EC2 to stop the instances of this batch."""
    ids = [step.target.id for step in batch.steps]
    return Called(instance.stop(world.aws.ec2(batch.place), ids).request_id)


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Stopped is what EC2 shows as stopped."""
    ids = [one.step.target.id for one in sent]
    states = {one.id: one.state for one in instance.find(world.aws.ec2(place), ids=ids)}
    return {one.step.key: _seen(states[one.step.target.id]) for one in sent if one.step.target.id in states}


def _seen(state: str) -> Seen:
    shows = words("it is {state}", state=state)
    match state:
        case "stopped":
            return Seen(Sight.REACHED, shows)
        case "terminated" | "shutting-down":
            return Seen(Sight.FAILED, shows)
        case _:
            return Seen(Sight.COMING, shows)


STOP = Action(
    name="ec2.stop",
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:StopInstances", "ec2:DescribeInstances"),
    look=_instances.look,
    call=call,
    watch=watch,
    most=50,
    within=timedelta(minutes=10),
)

VERB = Verb(
    noun="ec2",
    name="stop",
    help=words("Stop EC2 instances; their disks and addresses stay."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances",),
    plan=plan,
    examples=(
        "/ec2 stop i-0123456789abcdef0",
        "/ec2 stop tag:env=dev",
        "/ec2 stop name:batch-* --account dev",
    ),
    actions=(STOP,),
)
