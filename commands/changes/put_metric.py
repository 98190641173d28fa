"""Tell CloudWatch of a good night: the one sign of life that somebody outside can miss."""

from collections.abc import Mapping, Sequence

from aws import metric
from aws.account import Place
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.reading import fields

SIGNAL = "backup.signal"
NAMESPACE, METRIC = "toban", "LastGoodNight"


def signal_step(place: Place, needs: Sequence[str], *, night: str = "", targets: int | None = None) -> Step:
    """The last step of a night: made when all of `needs` are done.

    It tells how many `targets` were backed up; `night` is the night's local date.  Without `targets`,
    every step that creates something counts as one.  A night in which anything failed tells nothing.
    """
    count = max(1, sum(".create/" in key for key in needs)) if targets is None else targets
    return Step(
        key=f"{SIGNAL}/{place.account}/{place.region}",
        action=SIGNAL,
        target=Resource(place.account, place.region, "metric", f"{NAMESPACE}/{METRIC}"),
        before=fields(night="under way"),
        after=fields(night="good"),
        inputs=fields(night=night, targets=str(count)),
        needs=tuple(needs),
    )


# -- the signal as an action --------------------------------------------------------------------------


def look(_world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Nothing to compare: what was told before does no harm."""
    return {step.key: step.before for step in steps}


def call(world: World, batch: Batch) -> Called:
    """PutMetricData: one number, now."""
    (step,) = batch.steps
    targets = float(dict(step.inputs)["targets"])
    cloudwatch = metric.client(world.aws, batch.place)
    return Called(metric.put(cloudwatch, NAMESPACE, METRIC, targets, world.now))


def watch(_world: World, _place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """What CloudWatch took needs no second look: it shows after minutes only ("PutMetricData")."""
    return {one.step.key: Seen(Sight.REACHED, words("CloudWatch took it")) for one in sent}


PUT_METRIC = Action(
    name=SIGNAL,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("cloudwatch:PutMetricData",),
    look=look,
    call=call,
    watch=watch,
)
