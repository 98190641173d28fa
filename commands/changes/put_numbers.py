"""Report numbers to CloudWatch, a place in one call; an action for each verb that does."""

import json
from collections.abc import Mapping, Sequence

from aws import metric
from aws.account import Place
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.reading import fields


def step(action: str, place: Place, namespace: str, values: Mapping[str, float]) -> Step:
    """These numbers, by the names of their metrics, as they are now."""
    return Step(
        key=f"{action}/{place.account}/{place.region}",
        action=action,
        target=Resource(place.account, place.region, "metric", namespace),
        before=fields(reported="no"),
        after=fields(reported=" ".join(f"{name}={value:g}" for name, value in sorted(values.items()))),
        inputs=fields(values=json.dumps(values, sort_keys=True)),
    )


# -- the report as an action ---------------------------------------------------------------------------


def look(_world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Nothing to compare: what was reported before does no harm."""
    return {one.key: one.before for one in steps}


def call(world: World, batch: Batch) -> Called:
    """PutMetricData of all of them, now."""
    (one,) = batch.steps
    values: Mapping[str, float] = json.loads(dict(one.inputs)["values"])
    cloudwatch = metric.client(world.aws, batch.place)
    return Called(metric.put_all(cloudwatch, one.target.id, values, world.now))


def watch(_world: World, _place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """What CloudWatch took needs no second look: it shows after minutes only ("PutMetricData")."""
    return {one.step.key: Seen(Sight.REACHED, words("CloudWatch took it")) for one in sent}


def action(name: str) -> Action:
    """The action of this name."""
    return Action(
        name=name,
        risk=Risk.CHANGE,
        replay=Replay.REPEATABLE,
        iam=("cloudwatch:PutMetricData",),
        look=look,
        call=call,
        watch=watch,
    )
