"""Create images: of an instance with all its volumes, by default without a reboot."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aws import image, instance
from aws.account import Place
from aws.errors import NoAnswer, Refused
from aws.image import Image
from aws.instance import Instance
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import words
from commands import instances
from commands.generations import launched
from commands.generations.image_candidates import CAN_BE_TAKEN
from commands.generations.launched import LAUNCHED
from commands.generations.tags import IMAGE, INSTANCE, KIND, MADE_BY, NIGHT, TOKEN, copied
from commands.reading import fields

NAME = "ami.create"


def key(place: Place, instance_id: str) -> str:
    """The key of the step that creates an image of this instance."""
    return f"{NAME}/{place.account}/{place.region}/{instance_id}"


def step(place: Place, one: Instance, now: datetime, *, reboot: bool = False, night: str = "") -> Step:
    """An image of this instance; its name tells the instance and the moment of the plan."""
    more = {"night": night, "reboot": "yes" if reboot else "", "launched": launched.write(launched.of(one))}
    warning = (
        words("it is rebooted for it, and is away for some minutes")
        if reboot
        else words("not rebooted: what is not yet written to the disks is missing, as after a power cut")
    )
    return Step(
        key=key(place, one.id),
        action=NAME,
        target=instances.resource(place, one),
        before=fields(instance="there"),
        after=fields(image="available"),
        inputs=fields(name=_name(one, now), **{name: value for name, value in more.items() if value}),
        warnings=(warning,) if reboot or one.state == "running" else (),
    )


def _name(one: Instance, now: datetime) -> str:
    """Unique, since nobody makes two plans for an instance in one second."""
    return image.name_for(one.name, f"{one.id} {now:%Y-%m-%d %H.%M.%S} UTC")


# -- the creation as an action -------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each instance is still there."""
    found = instance.find(world.aws.ec2(place), ids=[step.target.id for step in steps])
    there = {one.id for one in found if one.state in CAN_BE_TAKEN}
    return {step.key: fields(instance="there") for step in steps if step.target.id in there}


def call(world: World, batch: Batch) -> Called:
    """CreateImage; the image and its snapshots are tagged at creation.

    A name tells the instance and the second of the plan: when it is taken, an earlier try of this very call
    took it, even if no listing shows that yet.
    """
    (step,) = batch.steps
    more = dict(step.inputs)
    ours = {MADE_BY: str(batch.operation), TOKEN: batch.token, KIND: IMAGE, INSTANCE: step.target.id}
    ours |= {NIGHT: more["night"]} if "night" in more else {}
    as_what = {LAUNCHED: more["launched"]} if "launched" in more else {}
    try:
        made = image.create(
            world.aws.ec2_once(batch.place),
            step.target.id,
            name=more["name"],
            description=f"toban #{batch.operation}",
            tags=copied(dict(step.target.tags), ours | as_what),
            snapshot_tags=copied(dict(step.target.tags), ours),
            reboot="reboot" in more,
        )
    except Refused as error:
        if error.said.code != "InvalidAMIName.Duplicate":
            raise
        if found := find(world, batch):
            return found
        raise NoAnswer(error.doing, error.said) from error
    return Called(made.request_id, {step.key: made.id})


def find(world: World, batch: Batch) -> Called | None:
    """The image that carries this call's token."""
    found = tuple(image.find(world.aws.ec2(batch.place), tags=[(TOKEN, batch.token)]))
    return Called("", {batch.steps[0].key: found[0].id}) if found else None


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """An image is there when it is available; then its snapshots are completed too."""
    ids = [one.result for one in sent if one.result]
    found = {one.id: one for one in image.find(world.aws.ec2(place), ids=ids)} if ids else {}
    return {one.step.key: seen(found[one.result]) for one in sent if one.result in found}


def seen(one: Image) -> Seen:
    """How far an image is on its way to available."""
    match one.state:
        case "available":
            return Seen(Sight.REACHED, words("{id} is available", id=one.id))
        case "failed" | "error" | "invalid" | "deregistered" if one.why:
            why = words("{id} is {state}: {message}", id=one.id, state=one.state, message=one.why)
            return Seen(Sight.FAILED, why)
        case "failed" | "error" | "invalid" | "deregistered":
            return Seen(Sight.FAILED, words("{id} is {state}", id=one.id, state=one.state))
        case _:
            return Seen(Sight.COMING, words("{id} is {state}", id=one.id, state=one.state))


CREATE = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=("ec2:CreateImage", "ec2:CreateTags", "ec2:DescribeImages", "ec2:DescribeInstances"),
    look=look,
    call=call,
    watch=watch,
    find=find,
    every=timedelta(seconds=15),
    within=timedelta(hours=6),
)
