"""Reboot EC2 instances, and see that their checks pass afterwards.

EC2 writes down no reboot: neither a state nor a time of it can be read.  So what is verified is that the
instance runs and passes its checks when it has had the time to go down, and the report says no more.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aws import instance
from aws.account import Place
from aws.instance import Instance, Status
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Step
from bot.words import Words, words
from commands import instances
from commands.changes import instance_checks, instance_state
from commands.reading import fields

NAME = "ec2.reboot"
GOES_DOWN = timedelta(minutes=1)
"""So long its checks may still be those from before: EC2 makes them each minute ("Status checks")."""


def step(
    place: Place, one: Instance, *, within: timedelta | None = None, warnings: tuple[Words, ...] = ()
) -> Step:
    """Reboot one instance that runs."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=instances.resource(place, one),
        before=fields(state="running"),
        after=fields(reboot="asked for"),
        within=within,
        warnings=warnings,
    )


def call(world: World, batch: Batch) -> Called:
    """Ask EC2 to reboot the instances of this batch; when that was is kept as what came of it."""
    ids = [step.target.id for step in batch.steps]
    request_id = instance.reboot(world.aws.ec2_once(batch.place), ids)
    asked = world.now.isoformat(timespec="seconds")
    return Called(request_id, {step.key: asked for step in batch.steps})


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Over is what passes every check again, a minute after it was asked for at the earliest."""
    found = instance_state.of_sent(world, place, sent)
    running = [one.id for one in found.values() if one.state == "running"]
    checks = instance.statuses(world.aws.ec2(place), running) if running else {}
    return {
        one.step.key: _seen(world.now, one, found[one.step.key], checks.get(found[one.step.key].id))
        for one in sent
        if one.step.key in found
    }


def _seen(now: datetime, sent: Sent, one: Instance, checks: Status | None) -> Seen:
    if one.state in ("stopping", "stopped", "shutting-down", "terminated"):
        return Seen(Sight.FAILED, words("it is {state}", state=one.state))
    if checks is None:
        return Seen(Sight.COMING, words("it is {state}", state=one.state))
    if not checks.passed:
        return Seen(Sight.COMING, instance_checks.shown(checks))
    if now < datetime.fromisoformat(sent.result) + GOES_DOWN:
        return Seen(Sight.COMING, words("its checks pass, perhaps still those from before the reboot"))
    return Seen(
        Sight.REACHED,
        words("it runs and passes its checks after EC2 took the reboot on; EC2 itself shows no reboot"),
    )


REBOOT = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.AT_MOST_ONCE,
    iam=("ec2:DescribeInstanceStatus", "ec2:DescribeInstances", "ec2:RebootInstances"),
    look=instance_state.look,
    call=call,
    watch=watch,
    most=50,
    every=timedelta(seconds=15),
    within=timedelta(minutes=15),
)
