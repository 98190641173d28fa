"""Make the alarm that rings when no good night was told of, which also rings when toban is dead."""

from collections.abc import Mapping, Sequence

from aws import metric
from aws.account import Place
from aws.metric import Alarm
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.changes.put_metric import METRIC, NAMESPACE
from commands.reading import fields

NAME = "backup.watch"
ALARM = "toban-last-good-night"
PERIOD, PERIODS = 3600, 30
"""Rings after a day and six hours without a good night: nights are not equally long, and a period of a
day would let a missing one pass for days, since CloudWatch then looks at older periods too ("Configuring
how CloudWatch alarms treat missing data")."""


def step(place: Place, topic: str, shown: Fields) -> Step:
    """The alarm in a place; `shown` is how it stands."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}",
        action=NAME,
        target=Resource(place.account, place.region, "alarm", ALARM),
        before=shown,
        after=shows(_wanted(topic)),
        inputs=fields(topic=topic),
    )


def shows(alarm: Alarm | None) -> Fields:
    """An alarm in the fields that matter."""
    if alarm is None:
        return fields(alarm="none")
    rule = (
        f"{alarm.namespace}/{alarm.metric} below {alarm.threshold:g} for {alarm.periods} × {alarm.period} s"
    )
    return fields(alarm=rule, missing=alarm.missing, topic=alarm.topic)


def now(world: World, place: Place) -> Alarm | None:
    """The alarm as it is there.  Raises AwsError."""
    return next(metric.alarms(metric.client(world.aws, place), [ALARM]), None)


def _wanted(topic: str) -> Alarm:
    said = "No night of backups by toban has gone well for more than a day: look at /backup status"
    return Alarm(ALARM, NAMESPACE, METRIC, topic, PERIOD, PERIODS, 1.0, said)


# -- the alarm as an action ---------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """How the alarm stands; that there is none is one of the ways."""
    shown = shows(now(world, place))
    return {step.key: shown for step in steps}


def call(world: World, batch: Batch) -> Called:
    """PutMetricAlarm: makes it, or makes it anew."""
    (step,) = batch.steps
    cloudwatch = metric.client(world.aws, batch.place)
    return Called(metric.put_alarm(cloudwatch, _wanted(dict(step.inputs)["topic"])))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is there when it shows what was wanted."""
    shown = shows(now(world, place))
    there = Seen(Sight.REACHED, words("the alarm is there"))
    coming = Seen(Sight.COMING, words("the alarm is not there yet"))
    return {one.step.key: there if shown == one.step.after else coming for one in sent}


PUT_ALARM = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"),
    look=look,
    call=call,
    watch=watch,
)
