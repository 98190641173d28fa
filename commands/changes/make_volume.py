"""Make volumes of snapshots."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import snapshot, volume
from aws.account import Place
from aws.volume import Volume
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.generations.tags import MADE_BY, TOKEN, copied
from commands.reading import fields

NAME = "snapshot.restore"


def step(
    target: Resource,
    zone: str,
    *,
    type: str,
    size_gib: int | None = None,
    needs: tuple[str, ...] = (),
    warnings: tuple[Words, ...] = (),
) -> Step:
    """A volume of this snapshot in this zone."""
    more = {"zone": zone, "type": type, "size": str(size_gib) if size_gib else ""}
    return Step(
        key=f"{NAME}/{target.account}/{zone}/{target.id}",
        action=NAME,
        target=target,
        before=fields(state="completed", tier="standard"),
        after=fields(volume="available"),
        inputs=fields(**{name: value for name, value in more.items() if value}),
        needs=needs,
        about=target.id,
        warnings=warnings,
    )


# -- the making as an action ---------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each snapshot can still be restored from."""
    ids = sorted({step.target.id for step in steps})
    found = {one.id: one for one in snapshot.find(world.aws.ec2(place), ids=ids)}
    return {
        step.key: fields(state=found[step.target.id].state, tier=found[step.target.id].tier)
        for step in steps
        if step.target.id in found
    }


def call(world: World, batch: Batch) -> Called:
    """CreateVolume; it carries the tags of the snapshot."""
    (step,) = batch.steps
    more = dict(step.inputs)
    made = volume.create(
        world.aws.ec2(batch.place),
        step.target.id,
        more["zone"],
        type=more["type"],
        size_gib=int(more["size"]) if "size" in more else None,
        tags=copied(dict(step.target.tags), {MADE_BY: str(batch.operation), TOKEN: batch.token}),
        token=batch.token,
    )
    return Called(made.request_id, {step.key: made.id})


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """A volume is there when it is available."""
    ids = [one.result for one in sent if one.result]
    found = {one.id: one for one in volume.find(world.aws.ec2(place), ids=ids)} if ids else {}
    return {one.step.key: _seen(one.step, found[one.result]) for one in sent if one.result in found}


def _seen(step: Step, one: Volume) -> Seen:
    match one.state:
        case "available" | "in-use" if step.needs and not one.fast_restored:
            return Seen(Sight.REACHED, words("{id} is available, but its first reads are slow", id=one.id))
        case "available" | "in-use":
            return Seen(Sight.REACHED, words("{id} is available in {zone}", id=one.id, zone=one.zone))
        case "error" | "deleting" | "deleted":
            return Seen(Sight.FAILED, words("{id} is {state}", id=one.id, state=one.state))
        case _:
            return Seen(Sight.COMING, words("{id} is {state}", id=one.id, state=one.state))


MAKE_VOLUME = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TOKEN,
    iam=("ec2:CreateVolume", "ec2:CreateTags", "ec2:DescribeSnapshots", "ec2:DescribeVolumes"),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=30),
)
