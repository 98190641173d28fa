"""Give gp2 volumes the type gp3, with performance that never falls."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import volume, volume_modification
from aws.account import Place
from aws.errors import Refused
from aws.volume import Volume
from aws.volume_modification import Modification
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import Words, words
from commands.changes.remove_volume import resource
from commands.prices.gp2 import as_gp3
from commands.reading import fields

NAME = "volume.convert"
FROM, TO = "gp2", "gp3"
_BUSY = ("IncorrectModificationState", "VolumeModificationRateExceeded")


def step(place: Place, one: Volume, *, warnings: tuple[Words, ...] = ()) -> Step:
    """The modification of one volume; what it gets stands in the step, so that it is agreed to."""
    needed = as_gp3(one.size_gib)
    performance = {"iops": str(needed.iops), "throughput": str(needed.throughput)}
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=resource(place, one),
        before=fields(gib=str(one.size_gib), type=FROM),
        after=fields(type=TO, **performance),
        inputs=fields(**performance),
        warnings=warnings,
    )


# -- the modification as an action ---------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """What each is now."""
    found = volume.find(world.aws.ec2(place), ids=[step.target.id for step in steps])
    there = {one.id: one for one in found}
    return {step.key: _shown(there[step.target.id]) for step in steps if step.target.id in there}


def _shown(one: Volume) -> Fields:
    return fields(type=one.type, gib=str(one.size_gib), iops=str(one.iops), throughput=str(one.throughput))


def call(world: World, batch: Batch) -> Called:
    """ModifyVolume; a modification that an earlier try of this call began is on its way."""
    (step,) = batch.steps
    ec2, more = world.aws.ec2(batch.place), dict(step.inputs)
    wanted = {"iops": int(more["iops"]), "throughput": int(more["throughput"])}
    try:
        return Called(volume_modification.begin(ec2, step.target.id, TO, **wanted))
    except Refused as error:
        if error.said.code not in _BUSY:
            raise
        newest = volume_modification.find(ec2, [step.target.id]).get(step.target.id)
        if newest is None or newest.type != TO or newest.state == "failed":
            raise
        return Called("")


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so from the moment on that EC2 optimizes it: then its new performance is there."""
    found = volume_modification.find(world.aws.ec2(place), [one.step.target.id for one in sent])
    return {one.step.key: _seen(found[one.step.target.id]) for one in sent if one.step.target.id in found}


def _seen(one: Modification) -> Seen:
    match one.state:
        case "completed":
            return Seen(Sight.REACHED, words("it is {type}", type=one.type))
        case "optimizing":
            return Seen(
                Sight.REACHED,
                words(
                    "it is {type}, and EC2 optimizes it: {progress} %", type=one.type, progress=one.progress
                ),
            )
        case "failed":
            return Seen(Sight.FAILED, words("the modification failed: {why}", why=one.why))
        case _:
            return Seen(Sight.COMING, words("it is being modified: {progress} %", progress=one.progress))


CONVERT = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:DescribeVolumes", "ec2:DescribeVolumesModifications", "ec2:ModifyVolume"),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=15),
    within=timedelta(hours=24),
)
