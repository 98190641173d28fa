"""Delete volumes that are attached to nothing."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import volume
from aws.account import Place
from aws.volume import Volume
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.reading import fields

NAME = "volume.delete"
GONE = ("deleting", "deleted")


def step(place: Place, one: Volume, *, needs: tuple[str, ...] = (), warnings: tuple[Words, ...] = ()) -> Step:
    """The deletion of a volume, after what it needs."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=resource(place, one),
        before=fields(state="available"),
        after=fields(state="deleted"),
        needs=needs,
        warnings=warnings,
    )


def resource(place: Place, one: Volume) -> Resource:
    """A volume as a step's target."""
    return Resource(place.account, place.region, "volume", one.id, one.name, one.tags.pairs)


# -- the deletion as an action -------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """How each stands now; one that somebody has attached meanwhile is in-use, and stays."""
    states = _states(world, place, [step.target.id for step in steps])
    return {step.key: fields(state=states.get(step.target.id, "deleted")) for step in steps}


def _states(world: World, place: Place, ids: Sequence[str]) -> dict[str, str]:
    found = volume.find(world.aws.ec2(place), ids=ids)
    return {one.id: "deleted" if one.state in GONE else one.state for one in found}


def call(world: World, batch: Batch) -> Called:
    """DeleteVolume of one."""
    (step,) = batch.steps
    return Called(volume.delete(world.aws.ec2(batch.place), step.target.id))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Deleted is what EC2 no longer lists."""
    states = _states(world, place, [one.step.target.id for one in sent])
    return {one.step.key: _seen(states.get(one.step.target.id, "deleted")) for one in sent}


def _seen(state: str) -> Seen:
    if state == "deleted":
        return Seen(Sight.REACHED, words("it is deleted"))
    return Seen(Sight.COMING, words("it is {state}", state=state))


DELETE_VOLUME = Action(
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DeleteVolume", "ec2:DescribeVolumes"),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=5),
)
