"""The size of an Auto Scaling group: changed, and seen through until so many instances serve."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import autoscaling_group
from aws.account import Place
from aws.autoscaling_group import Group
from bot.command import Action, Batch, Called, Failed, Replay, Risk, Seen, Sent, World
from bot.plan import Fields, Step
from bot.words import Words
from commands.asg import _groups
from commands.changes import group_state
from commands.reading import fields

NAME = "asg.scale"


def step(place: Place, one: Group, desired: int, smallest: int, largest: int) -> Step:
    """Another size for one group."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.name}",
        action=NAME,
        target=_groups.resource(place, one),
        before=_shown(one),
        after=_sizes(desired, smallest, largest),
    )


def _shown(one: Group) -> Fields:
    return _sizes(one.desired, one.smallest, one.largest)


def _sizes(desired: int, smallest: int, largest: int) -> Fields:
    return fields(desired=str(desired), least=str(smallest), most=str(largest))


# -- the change as an action ---------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The size that each group is to have, and its limits."""
    return {key: _shown(one) for key, one in _groups.of_steps(world, place, steps).items()}


def call(world: World, batch: Batch) -> Called:
    """UpdateAutoScalingGroup with all three numbers."""
    (step,) = batch.steps
    wanted = {name: int(value) for name, value in step.after}
    autoscaling = world.aws.autoscaling(batch.place)
    return Called(
        autoscaling_group.resize(
            autoscaling,
            step.target.id,
            desired=wanted["desired"],
            smallest=wanted["least"],
            largest=wanted["most"],
        )
    )


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when exactly as many as desired are in service and healthy."""
    found = _groups.of_steps(world, place, [one.step for one in sent])
    return {
        one.step.key: group_state.seen(found[one.step.key], int(dict(one.step.after)["desired"]))
        for one in sent
        if one.step.key in found
    }


def explain(world: World, place: Place, failed: Sequence[Failed]) -> Mapping[str, Words]:
    """The last activities of each group that did not succeed, in AWS's words."""
    return group_state.explain(world, place, {one.step.key: one.step.target.id for one in failed})


SCALE = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(
        "autoscaling:DescribeScalingActivities",
        "autoscaling:UpdateAutoScalingGroup",
        *_groups.READS,
    ),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=10),
    within=timedelta(minutes=15),
    explain=explain,
)
