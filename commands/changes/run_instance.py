"""Run an instance of an image, and see it through to passed status checks."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import image, instance
from aws.account import Place
from aws.instance import Instance, Launch, Status
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.generations.tags import MADE_BY, TOKEN, copied
from commands.reading import fields

NAME = "ami.restore"


def step(target: Resource, launch: Launch, *, warnings: tuple[Words, ...]) -> Step:
    """An instance of this image; its tags are the target's."""
    return Step(
        key=f"{NAME}/{target.account}/{target.region}/{target.id}",
        action=NAME,
        target=target,
        before=fields(image="available"),
        after=fields(instance="running"),
        inputs=_written(launch),
        about=target.id,
        warnings=warnings,
    )


def _written(launch: Launch) -> Fields:
    parts = {
        "type": launch.type,
        "subnet": launch.subnet_id,
        "groups": " ".join(launch.group_ids),
        "key": launch.key_name,
        "profile": launch.profile,
    }
    return fields(**{name: value for name, value in parts.items() if value})


def _read(inputs: Fields) -> Launch:
    parts = dict(inputs)
    return Launch(
        parts["type"],
        parts.get("subnet", ""),
        tuple(parts.get("groups", "").split()),
        parts.get("key", ""),
        parts.get("profile", ""),
    )


# -- the run as an action ------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each image can still be launched."""
    found = image.find(world.aws.ec2(place), ids=sorted({step.target.id for step in steps}))
    states = {one.id: one.state for one in found}
    return {step.key: fields(image=states[step.target.id]) for step in steps if step.target.id in states}


def call(world: World, batch: Batch) -> Called:
    """RunInstances of one; it and its volumes are tagged at creation."""
    (step,) = batch.steps
    made = instance.run(
        world.aws.ec2(batch.place),
        step.target.id,
        _read(step.inputs),
        tags=copied(dict(step.target.tags), {MADE_BY: str(batch.operation), TOKEN: batch.token}),
        token=batch.token,
    )
    return Called(made.request_id, {step.key: made.id})


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Restored is what runs and has passed both status checks."""
    ec2, ids = world.aws.ec2(place), [one.result for one in sent if one.result]
    found = {one.id: one for one in instance.find(ec2, ids=ids)} if ids else {}
    running = [one.id for one in found.values() if one.state == "running"]
    checks = instance.statuses(ec2, running) if running else {}
    return {
        one.step.key: seen(found[one.result], checks.get(one.result)) for one in sent if one.result in found
    }


def seen(one: Instance, checks: Status | None) -> Seen:
    """How far a new instance is."""
    if one.state == "running" and checks is not None:
        shows = words(
            "{id} runs; system check {system}, instance check {instance}",
            id=one.id,
            system=checks.system,
            instance=checks.instance,
        )
        passed = checks.system == "ok" and checks.instance == "ok"
        return Seen(Sight.REACHED if passed else Sight.COMING, shows)
    if one.state in ("shutting-down", "terminated", "stopping", "stopped"):
        why = words("{id} is {state}: {reason}", id=one.id, state=one.state, reason=one.state_reason or "–")
        return Seen(Sight.FAILED, why)
    return Seen(Sight.COMING, words("{id} is {state}", id=one.id, state=one.state))


RUN = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TOKEN,
    iam=(
        "ec2:CreateTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstances",
        "ec2:RunInstances",
        "iam:PassRole",  # for its instance profile
    ),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=20),
)
