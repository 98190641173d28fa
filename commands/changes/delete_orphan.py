"""Delete snapshots that toban made for images which are gone."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import image, snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.command import Action, Batch, Called, Replay, Risk, World
from bot.plan import Fields, Step
from bot.words import words
from commands.changes import delete_snapshot
from commands.generations import orphans
from commands.generations.tags import INSTANCE
from commands.reading import fields

NAME = "snapshot.delete-orphan"


def step(place: Place, one: Snapshot) -> Step:
    """The deletion of an orphan."""
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=orphans.resource(place, one),
        before=fields(image="gone"),
        after=fields(image="gone", state="deleted"),
        warnings=(words("cannot be undone"),),
        about=one.tags.get(INSTANCE, one.id),
    )


# -- the deletion as an action -------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is still there, and still no image stands on it."""
    ec2, ids = world.aws.ec2(place), [step.target.id for step in steps]
    states = {one.id: one.state for one in snapshot.find(ec2, ids=ids)}
    used = image.users_of(ec2, sorted(states))
    return {
        step.key: fields(
            image="there" if step.target.id in used else "gone",
            state=states.get(step.target.id, "deleted"),
        )
        for step in steps
    }


def call(world: World, batch: Batch) -> Called:
    """Delete the snapshot; DeleteSnapshot takes one id."""
    (step,) = batch.steps
    return Called(snapshot.delete(world.aws.ec2(batch.place), step.target.id))


DELETE_ORPHAN = Action(
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DeleteSnapshot", "ec2:DescribeImages", "ec2:DescribeSnapshots"),
    look=look,
    call=call,
    watch=delete_snapshot.watch,
    within=timedelta(minutes=5),
)
