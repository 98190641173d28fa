"""Make a launch template like an instance, of the image that was just made of it.

When the process dies before the call, nothing is there; after it, the template carries the call's token and
is found by it, and its name is one that cannot be given twice.
"""

from collections.abc import Mapping, Sequence

from aws import launch_template
from aws.account import Place
from aws.instance import Instance, Launch
from aws.launch_template import Model
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import words
from commands import instances
from commands.generations.tags import INSTANCE, MADE_BY, TOKEN, copied
from commands.reading import fields

NAME = "ec2.heal-template"


def step(place: Place, one: Instance, model: Model, name: str, *, image: str) -> Step:
    """A template of this name like this instance, once the step `image` has made its image."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=instances.resource(place, one),
        before=fields(template="none"),
        after=fields(template=name),
        inputs=_written(name, model),
        needs=(image,),
        about=one.id,
    )


def _written(name: str, model: Model) -> Fields:
    launch = model.launch
    parts = {
        "name": name,
        "type": launch.type,
        "groups": " ".join(launch.group_ids),
        "key": launch.key_name,
        "profile": launch.profile,
        "tokens": model.tokens,
        "monitored": "yes" if model.monitored else "",
    }
    return fields(**{part: value for part, value in parts.items() if value})


def _read(parts: Mapping[str, str]) -> Model:
    groups = tuple(parts.get("groups", "").split())
    return Model(
        Launch(parts["type"], "", groups, parts.get("key", ""), parts.get("profile", "")),
        tokens=parts.get("tokens", ""),
        monitored="monitored" in parts,
    )


# -- the making as an action ---------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether somebody's template has the name."""
    names = [dict(step.inputs)["name"] for step in steps]
    taken = {one.name for one in launch_template.find(world.aws.ec2(place), names=names)}
    return {
        step.key: fields(template="another" if dict(step.inputs)["name"] in taken else "none")
        for step in steps
    }


def call(world: World, batch: Batch) -> Called:
    """CreateLaunchTemplate, tagged at once."""
    (step,) = batch.steps
    parts, theirs = dict(step.inputs), dict(step.target.tags)
    made = launch_template.create(
        world.aws.ec2_once(batch.place),
        parts["name"],
        batch.results[step.needs[0]],
        _read(parts),
        launched_tags=copied(theirs, {}),
        tags=copied(theirs, {MADE_BY: str(batch.operation), TOKEN: batch.token, INSTANCE: step.target.id}),
        token=batch.token,
    )
    return Called(made.request_id, {step.key: made.id})


def find(world: World, batch: Batch) -> Called | None:
    """The template that carries this call's token."""
    found = tuple(launch_template.find(world.aws.ec2(batch.place), tags=[(TOKEN, batch.token)]))
    return Called("", {batch.steps[0].key: found[0].id}) if found else None


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is there when EC2 lists it."""
    names = [dict(one.step.inputs)["name"] for one in sent]
    there = {one.id: one.name for one in launch_template.find(world.aws.ec2(place), names=names)}
    return {
        one.step.key: Seen(
            Sight.REACHED, words("the launch template {name} is there", name=there[one.result])
        )
        for one in sent
        if one.result in there
    }


MAKE_TEMPLATE = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=("ec2:CreateLaunchTemplate", "ec2:CreateTags", "ec2:DescribeLaunchTemplates"),
    look=look,
    call=call,
    watch=watch,
    find=find,
)
