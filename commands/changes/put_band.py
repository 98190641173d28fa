"""Make an alarm that rings when a metric is above what is usual for the hour."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import alarm as cloudwatch
from aws import band
from aws.account import Place
from aws.band import BandAlarm
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.reading import fields

NAME = "failover.put-band"


def shown(one: BandAlarm | None) -> Fields:
    """An alarm in the fields that matter."""
    if one is None:
        return fields(alarm="none")
    return fields(alarm=str(one), topic=" ".join(one.topics))


def step(place: Place, wanted: BandAlarm, there: BandAlarm | None) -> Step:
    """The alarm in a place, where it is not as wanted."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{wanted.name}",
        action=NAME,
        target=Resource(place.account, place.region, "alarm", wanted.name),
        before=shown(there),
        after=shown(wanted),
        inputs=fields(definition=band.to_json(wanted)),
    )


# -- the alarm as an action ----------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """How each alarm stands; that there is none is one of the ways."""
    client = cloudwatch.client(world.aws, place)
    return {one.key: shown(band.find(client, one.target.id)) for one in steps}


def call(world: World, batch: Batch) -> Called:
    """PutMetricAlarm: makes it, or makes it anew."""
    (one,) = batch.steps
    wanted = band.from_json(dict(one.inputs)["definition"])
    return Called(band.put(cloudwatch.client(world.aws, batch.place), wanted))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is there when it shows what was wanted."""
    shows = look(world, place, [one.step for one in sent])
    there = Seen(Sight.REACHED, words("the alarm is there"))
    coming = Seen(Sight.COMING, words("the alarm is not there yet"))
    return {one.step.key: there if shows[one.step.key] == one.step.after else coming for one in sent}


PUT_BAND = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=3),
)
