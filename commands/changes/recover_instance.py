"""Let an instance come back by itself: EC2's automatic recovery allowed, and an alarm that recovers it."""

from collections.abc import Mapping, Sequence

from aws import instance, recovery
from aws.account import Place
from aws.instance import Instance
from aws.recovery import CheckAlarm
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import words
from commands import instances
from commands.reading import fields

ALLOW_NAME, ALARM_NAME = "ec2.recover", "ec2.recover-alarm"
NO_ALARM, ALARM = fields(alarm="none"), fields(alarm="recovers")


def allow(place: Place, one: Instance) -> Step:
    """Let EC2 recover an instance for which that is switched off."""
    return Step(
        key=f"{ALLOW_NAME}/{place.account}/{place.region}/{one.id}",
        action=ALLOW_NAME,
        target=instances.resource(place, one),
        before=fields(recovery="disabled"),
        after=fields(recovery="default"),
    )


def alarm(place: Place, one: Instance) -> Step:
    """An alarm that recovers an instance that has none."""
    return Step(
        key=f"{ALARM_NAME}/{place.account}/{place.region}/{one.id}",
        action=ALARM_NAME,
        target=instances.resource(place, one),
        before=NO_ALARM,
        after=ALARM,
        inputs=fields(name=f"toban-recover-{one.id}"),
    )


# -- the recovery by EC2 itself ------------------------------------------------------------------------


def look_allowed(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each instance recovers; one Describe for all of them."""
    found = instance.find(world.aws.ec2(place), ids=[step.target.id for step in steps])
    shown = {one.id: fields(recovery=one.auto_recovery or "default") for one in found}
    return {step.key: shown[step.target.id] for step in steps if step.target.id in shown}


def call_allow(world: World, batch: Batch) -> Called:
    """ModifyInstanceMaintenanceOptions, which takes one instance."""
    (step,) = batch.steps
    return Called(recovery.allow(world.aws.ec2(batch.place), step.target.id))


def watch_allowed(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when EC2 shows it."""
    shown = look_allowed(world, place, [one.step for one in sent])
    there = Seen(Sight.REACHED, words("EC2 recovers it by itself"))
    coming = Seen(Sight.COMING, words("EC2 does not recover it by itself yet"))
    return {
        one.step.key: there if shown[one.step.key] == one.step.after else coming
        for one in sent
        if one.step.key in shown
    }


# -- the alarm -----------------------------------------------------------------------------------------


def look_alarms(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether the alarm of each is there; that there is none is one of the ways."""
    there = _alarms(world, place, steps)
    return {step.key: ALARM if _recovers(there, step) else NO_ALARM for step in steps}


def _alarms(world: World, place: Place, steps: Sequence[Step]) -> dict[str, CheckAlarm]:
    names = [dict(step.inputs)["name"] for step in steps]
    return {one.name: one for one in recovery.alarms(world.aws.cloudwatch(place), names=names)}


def _recovers(there: Mapping[str, CheckAlarm], step: Step) -> bool:
    one = there.get(dict(step.inputs)["name"])
    return one is not None and one.recovers and one.instance_id == step.target.id


def call_alarm(world: World, batch: Batch) -> Called:
    """PutMetricAlarm: makes it, or makes it anew."""
    (step,) = batch.steps
    cloudwatch, name = world.aws.cloudwatch(batch.place), dict(step.inputs)["name"]
    return Called(recovery.put_alarm(cloudwatch, name, step.target.id, batch.place.region))


def watch_alarms(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is there when CloudWatch shows it."""
    there = _alarms(world, place, [one.step for one in sent])
    return {one.step.key: _seen(one.step, recovers=_recovers(there, one.step)) for one in sent}


def _seen(step: Step, *, recovers: bool) -> Seen:
    if not recovers:
        return Seen(Sight.COMING, words("the alarm is not there yet"))
    return Seen(Sight.REACHED, words("the alarm {name} is there", name=dict(step.inputs)["name"]))


ALLOW = Action(
    name=ALLOW_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:DescribeInstances", "ec2:ModifyInstanceMaintenanceOptions"),
    look=look_allowed,
    call=call_allow,
    watch=watch_allowed,
)

PUT_ALARM = Action(
    name=ALARM_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"),
    look=look_alarms,
    call=call_alarm,
    watch=watch_alarms,
)
