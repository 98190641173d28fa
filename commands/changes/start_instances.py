"""Start EC2 instances; started is what runs and has passed its status checks."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import instance
from aws.account import Place
from aws.instance import Instance, Status
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Step
from bot.words import words
from commands import instances
from commands.changes import instance_state
from commands.reading import fields

_BY_AWS = ("Client.InternalError", "Client.Volume", "Client.InvalidSnapshot", "Server.")
"""Reasons that only AWS gives: "State reason codes" in "Instance state reason codes", EC2 user guide."""


def step(place: Place, one: Instance) -> Step:
    """Start one instance that is stopped."""
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
    found = instance_state.of_sent(world, place, sent)
    running = [one.id for one in found.values() if one.state == "running"]
    checks = instance.statuses(world.aws.ec2(place), running) if running else {}
    return {key: _seen(one, checks.get(one.id)) for key, one in found.items()}


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
    look=instance_state.look,
    call=call,
    watch=watch,
    most=50,
    within=timedelta(minutes=10),
)
