"""Take subnets out of an Auto Scaling group, so that it launches nothing there, and put them back.

The way back knows the list as it was written, order included, which is committed with the plan.

toban dies before the narrowing's call is committed: the group is as it was, and the way back has nothing to
do. After that, until its answer is: it may be narrow; the same call again does no harm. Later: the way back
is a row, made when its time comes, and its own call may be repeated as well.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from aws import autoscaling_group, autoscaling_subnets
from aws.account import Place
from aws.autoscaling_group import Group
from aws.prepared import Prepared
from bot.command import WAY_BACK, Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.reading import fields

NARROW_NAME, WIDEN_NAME = "failover.narrow-group", "failover.widen-group"
READS = ("autoscaling:DescribeAutoScalingGroups",)


def narrowing(
    place: Place,
    one: Group,
    gone: Collection[str],
    *,
    needs: tuple[str, ...] = (),
    warnings: tuple[Words, ...] = (),
) -> Step:
    """A group without these subnets; others must be left to it (`may_be`)."""
    return Step(
        key=f"{NARROW_NAME}/{place.account}/{place.region}/{one.name}",
        action=NARROW_NAME,
        target=resource(place, one),
        before=fields(subnets=one.subnets),
        after=fields(subnets=autoscaling_subnets.without(one.subnets, gone)),
        needs=needs,
        warnings=warnings,
    )


def may_be(one: Group, gone: Collection[str]) -> bool:
    """Whether subnets are left to a group without these.  Pure."""
    return bool(autoscaling_subnets.without(one.subnets, gone))


def widening(narrowed: Step, lasts: timedelta) -> Step:
    """Its way back, after so long."""
    return Step(
        key=narrowed.key.replace(NARROW_NAME, WIDEN_NAME, 1),
        action=WIDEN_NAME,
        target=narrowed.target,
        before=narrowed.after,
        after=narrowed.before,
        undoes=narrowed.key,
        after_a_while=lasts,
    )


def prepared(_world: World, back: Step) -> Prepared:
    """The way back's call, for AWS to make."""
    given = {"AutoScalingGroupName": back.target.id, "VPCZoneIdentifier": dict(back.after)["subnets"]}
    return Prepared("autoscaling", "UpdateAutoScalingGroup", given)


def resource(place: Place, one: Group) -> Resource:
    """A group as a step's target."""
    tags = one.tags.pairs
    return Resource(place.account, place.region, "auto-scaling-group", one.name, one.tags.name, tags)


# -- both as actions -----------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """In which subnets each group launches now."""
    found = of_steps(world, place, steps)
    return {key: fields(subnets=one.subnets) for key, one in found.items()}


def of_steps(world: World, place: Place, steps: Sequence[Step]) -> dict[str, Group]:
    """The group of each step now, by the step's key; a key that is missing: it is gone or going."""
    names = sorted({step.target.id for step in steps})
    found = autoscaling_group.find(world.aws.autoscaling(place), names=names)
    there = {one.name: one for one in found if not one.going}
    return {step.key: there[step.target.id] for step in steps if step.target.id in there}


def call(world: World, batch: Batch) -> Called:
    """UpdateAutoScalingGroup with the subnets, and nothing else."""
    (step,) = batch.steps
    subnets = dict(step.after)["subnets"]
    return Called(autoscaling_subnets.set_to(world.aws.autoscaling(batch.place), step.target.id, subnets))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when Auto Scaling shows these subnets, in whatever order."""
    shows = look(world, place, [one.step for one in sent])
    return {one.step.key: _seen(one.step, shows[one.step.key]) for one in sent if one.step.key in shows}


def _seen(step: Step, shows: Fields) -> Seen:
    wanted, now = dict(step.after)["subnets"], dict(shows)["subnets"]
    so = autoscaling_subnets.alike(wanted, now)
    return Seen(Sight.REACHED if so else Sight.COMING, words("it launches in {subnets}", subnets=now))


NARROW = Action(
    name=NARROW_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(*READS, "autoscaling:UpdateAutoScalingGroup"),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=1),
    within=timedelta(minutes=2),
)
WIDEN = Action(
    name=WIDEN_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(*READS, "autoscaling:UpdateAutoScalingGroup"),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=1),
    within=WAY_BACK,
    whatever_happens=True,
)
