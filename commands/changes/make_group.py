"""Make an Auto Scaling group of one, and see it through until its instance serves.

When the process dies before the call, nothing is there; after it, the group carries the call's token, and its
name is one that cannot be given twice.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import autoscaling_group
from aws.account import Place
from aws.autoscaling_group import Group
from aws.errors import Refused
from aws.instance import Instance
from bot.command import Action, Batch, Called, Failed, Replay, Risk, Seen, Sent, World
from bot.plan import Fields, Step
from bot.words import Words
from commands import instances
from commands.changes import group_state
from commands.generations.tags import INSTANCE, MADE_BY, TOKEN, copied
from commands.reading import fields

NAME = "ec2.heal"


def step(
    place: Place,
    one: Instance,
    name: str,
    *,
    template: str,
    subnets: Sequence[str],
    target_groups: Sequence[str],
    warnings: tuple[Words, ...],
) -> Step:
    """A group of this name for what is to replace an instance, by the template that a step makes."""
    more = {"name": name, "subnets": " ".join(subnets), "target_groups": " ".join(target_groups)}
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=instances.resource(place, one),
        before=fields(group="none"),
        after=fields(group=name),
        inputs=fields(**{part: value for part, value in more.items() if value}),
        needs=(template,),
        about=one.id,
        warnings=warnings,
    )


# -- the making as an action ---------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether somebody's group has the name."""
    taken = _named(world, place, [dict(step.inputs)["name"] for step in steps])
    return {
        step.key: fields(group="another" if dict(step.inputs)["name"] in taken else "none") for step in steps
    }


def _named(world: World, place: Place, names: Sequence[str]) -> dict[str, Group]:
    found = autoscaling_group.find(world.aws.autoscaling(place), names=names)
    return {one.name: one for one in found}


def call(world: World, batch: Batch) -> Called:
    """CreateAutoScalingGroup, tagged at once.

    It knows no client token: that the name is taken may mean that an earlier try of this very call took it.
    """
    (step,) = batch.steps
    parts, ours = dict(step.inputs), {MADE_BY: str(batch.operation), TOKEN: batch.token}
    try:
        request_id = autoscaling_group.create(
            world.aws.autoscaling(batch.place),
            parts["name"],
            batch.results[step.needs[0]],
            subnet_ids=parts["subnets"].split(),
            target_groups=parts.get("target_groups", "").split(),
            tags={**ours, INSTANCE: step.target.id},
            launched_tags=_launched(step),
        )
    except Refused as error:
        if error.said.code == "AlreadyExists" and (found := find(world, batch)):
            return found
        raise
    return Called(request_id, {step.key: parts["name"]})


def _launched(step: Step) -> dict[str, str]:
    """The instance's tags, as many as a group has room for beside its own."""
    ours = dict.fromkeys((MADE_BY, TOKEN, INSTANCE), "")
    return {key: value for key, value in copied(dict(step.target.tags), ours).items() if key not in ours}


def find(world: World, batch: Batch) -> Called | None:
    """The group of that name, when it carries this call's token."""
    (step,) = batch.steps
    name = dict(step.inputs)["name"]
    one = _named(world, batch.place, [name]).get(name)
    return Called("", {step.key: name}) if one and one.tags.get(TOKEN) == batch.token else None


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when its one instance is in service and healthy."""
    there = _named(world, place, [one.result for one in sent if one.result])
    return {one.step.key: group_state.seen(there[one.result], 1) for one in sent if one.result in there}


def explain(world: World, place: Place, failed: Sequence[Failed]) -> Mapping[str, Words]:
    """What the group tried, in AWS's words."""
    return group_state.explain(world, place, {one.step.key: dict(one.step.inputs)["name"] for one in failed})


MAKE_GROUP = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=(
        "autoscaling:CreateAutoScalingGroup",
        "autoscaling:CreateOrUpdateTags",
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeScalingActivities",
        "ec2:RunInstances",  # which AWS asks for when a group launches by a template
        "iam:PassRole",  # for the template's instance profile
        "ec2:CreateTags",  # for the tags that the template gives what it launches
    ),
    look=look,
    call=call,
    watch=watch,
    find=find,
    every=timedelta(seconds=10),
    within=timedelta(minutes=20),
    explain=explain,
)
