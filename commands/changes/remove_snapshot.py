"""Delete snapshots that no series keeps: those named by their ids, and those whose image is gone."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import image, snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.command import Action, Batch, Called, Replay, Risk, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.changes import delete_snapshot
from commands.generations.tags import INSTANCE
from commands.reading import fields

NAME = "snapshot.remove"


def step(place: Place, one: Snapshot, *warnings: Words) -> Step:
    """The deletion of a snapshot; of an orphan, about the instance that its image was made of."""
    tags = tuple(one.tags.items())
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=Resource(place.account, place.region, "snapshot", one.id, one.name, tags),
        before=fields(image="none"),
        after=fields(image="none", state="deleted"),
        warnings=(words("cannot be undone"), *warnings),
        about=one.tags.get(INSTANCE, one.id),
    )


# -- the deletion as an action -------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is still there, and no image stands on it."""
    ec2, ids = world.aws.ec2(place), [step.target.id for step in steps]
    states = {one.id: one.state for one in snapshot.find(ec2, ids=ids)}
    used = image.users_of(ec2, sorted(states))
    return {
        step.key: fields(
            image=used[step.target.id][0] if step.target.id in used else "none",
            state=states.get(step.target.id, "deleted"),
        )
        for step in steps
    }


def call(world: World, batch: Batch) -> Called:
    """Delete the snapshot; DeleteSnapshot takes one id."""
    (step,) = batch.steps
    return Called(snapshot.delete(world.aws.ec2(batch.place), step.target.id))


REMOVE = Action(
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DeleteSnapshot", "ec2:DescribeImages", "ec2:DescribeSnapshots"),
    look=look,
    call=call,
    watch=delete_snapshot.watch,
    within=timedelta(minutes=5),
)
