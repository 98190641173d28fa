"""Make alarms as they are wanted, or make them anew; an action for each verb that does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta

from aws import alarm as cloudwatch
from aws.account import Place
from aws.alarm import Alarm
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.reading import fields

SIGNS: Mapping[str, str] = {
    "GreaterThanOrEqualToThreshold": "≥",
    "GreaterThanThreshold": ">",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "≤",
}


def shown(one: Alarm | None) -> Fields:
    """An alarm in the fields that matter."""
    if one is None:
        return fields(alarm="none")
    sign = SIGNS.get(one.comparison, one.comparison)
    sides = "".join(f" {name}={value}" for name, value in one.dimensions)
    rule = (
        f"{one.statistic} {one.namespace}/{one.metric}{sides} {sign} {one.threshold:g}"
        f" for {one.periods} × {one.period} s"
    )
    return fields(alarm=rule, missing=one.missing, topic=" ".join(one.topics))


def now(world: World, place: Place, names: Sequence[str]) -> dict[str, Alarm]:
    """The alarms with these names as they are there.  Raises AwsError."""
    return {one.name: one for one in cloudwatch.find(cloudwatch.client(world.aws, place), names)}


def step(
    action: str,
    place: Place,
    wanted: Alarm,
    there: Alarm | None,
    *,
    of: Resource | None = None,
    warnings: tuple[Words, ...] = (),
) -> Step:
    """An alarm in a place; `of` is what it is about, whose tags count for it."""
    name, tags, about = (of.name, of.tags, of.id) if of else ("", (), "")
    return Step(
        key=f"{action}/{place.account}/{place.region}/{wanted.name}",
        action=action,
        target=Resource(place.account, place.region, "alarm", wanted.name, name, tags),
        before=shown(there),
        after=shown(wanted),
        inputs=fields(definition=json.dumps(asdict(wanted), sort_keys=True)),
        about=about,
        warnings=warnings,
    )


def _wanted(one: Step) -> Alarm:
    given = json.loads(dict(one.inputs)["definition"])
    sides = tuple((name, value) for name, value in given.pop("dimensions"))
    return Alarm(dimensions=sides, topics=tuple(given.pop("topics")), **given)


# -- the alarm as an action ---------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """How each alarm stands; that there is none is one of the ways."""
    there = now(world, place, [one.target.id for one in steps])
    return {one.key: shown(there.get(one.target.id)) for one in steps}


def call(world: World, batch: Batch) -> Called:
    """PutMetricAlarm: makes it, or makes it anew."""
    (one,) = batch.steps
    return Called(cloudwatch.put(cloudwatch.client(world.aws, batch.place), _wanted(one)))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is there when it shows what was wanted."""
    shows = look(world, place, [one.step for one in sent])
    there = Seen(Sight.REACHED, words("the alarm is there"))
    coming = Seen(Sight.COMING, words("the alarm is not there yet"))
    return {one.step.key: there if shows[one.step.key] == one.step.after else coming for one in sent}


def action(name: str) -> Action:
    """The action of this name."""
    return Action(
        name=name,
        risk=Risk.CHANGE,
        replay=Replay.REPEATABLE,
        iam=("cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"),
        look=look,
        call=call,
        watch=watch,
        every=timedelta(seconds=3),
    )
