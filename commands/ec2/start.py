"""Start EC2 instances, and see them through to passed status checks."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import instance
from aws.account import Place
from aws.instance import Instance, Status
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, Verb, World
from bot.plan import Left, Plan, Step
from bot.words import plural, words
from commands import instances
from commands.ec2 import _instances
from commands.ec2._instances import Args
from commands.reading import fields

_BY_AWS = ("Client.InternalError", "Client.Volume", "Client.InvalidSnapshot", "Server.")
"""Reasons that only AWS gives: "State reason codes" in "Instance state reason codes", EC2 user guide."""


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that is stopped; the others are left, with the reason."""
    found = instances.find(world, args.targets, args.account, args.region)
    steps = tuple(_step(place, one) for place, one in found if one.state == "stopped")
    left = tuple(
        Left(instances.resource(place, one), words("it is {state}", state=one.state))
        for place, one in found
        if one.state != "stopped"
    )
    summary = plural(
        "start {count} of {n} instance", "start {count} of {n} instances", len(found), count=len(steps)
    )
    return Plan(summary, steps, left, found.unread)


def _step(place: Place, one: Instance) -> Step:
    return Step(
        key=f"ec2.start/{place.account}/{place.region}/{one.id}",
        action="ec2.start",
        target=instances.resource(place, one),
        before=fields(state="stopped"),
        after=fields(state="running"),
    )


def call(world: World, batch: Batch) -> Called:
    """Ask EC2 to start the instances of this batch."""
    ids = [step.target.id for step in batch.steps]
    return Called(instance.start(world.aws.ec2(batch.place), ids).request_id)


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Started is what runs and has passed both status checks: StartInstances answers long before."""
    ec2, ids = world.aws.ec2(place), [one.step.target.id for one in sent]
    found = {one.id: one for one in instance.find(ec2, ids=ids)}
    running = [one.id for one in found.values() if one.state == "running"]
    checks = instance.statuses(ec2, running) if running else {}
    return {
        one.step.key: _seen(found[one.step.target.id], checks.get(one.step.target.id))
        for one in sent
        if one.step.target.id in found
    }


def _seen(one: Instance, checks: Status | None) -> Seen:
    if one.state == "running" and checks is not None:
        shows = words(
            "running; system check {system}, instance check {instance}",
            system=checks.system,
            instance=checks.instance,
        )
        passed = checks.system == "ok" and checks.instance == "ok"
        return Seen(Sight.REACHED if passed else Sight.COMING, shows)
    if one.state == "terminated" or _fell_back(one):
        return Seen(
            Sight.FAILED,
            words("it is {state} again: {reason}", state=one.state, reason=one.state_reason or "–"),
        )
    return Seen(Sight.COMING, words("it is {state}", state=one.state))


def _fell_back(one: Instance) -> bool:
    """Stopped by AWS after the start; the reason of a person's stop may still show for a moment."""
    return one.state == "stopped" and one.state_reason.startswith(_BY_AWS)


START = Action(
    name="ec2.start",
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:StartInstances", "ec2:DescribeInstances", "ec2:DescribeInstanceStatus"),
    look=_instances.look,
    call=call,
    watch=watch,
    most=50,
    within=timedelta(minutes=10),
)

VERB = Verb(
    noun="ec2",
    name="start",
    help=words("Start EC2 instances, and see them through to passed status checks."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances",),
    plan=plan,
    examples=("/ec2 start i-0123456789abcdef0", "/ec2 start tag:env=dev"),
    actions=(START,),
)
