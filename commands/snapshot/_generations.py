"""Generations: the completed snapshots that toban made of a volume, newest first.

Only a snapshot that carries toban's own tags counts or is ever deleted; one that is pending or failed
is no generation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aws import image, snapshot
from aws.account import Place
from aws.snapshot import Snapshot
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Left, Resource, Step
from bot.words import words
from commands.reading import fields

MADE_BY = "toban:operation"
TOKEN = "toban:token"  # noqa: S105 - a tag: of the call that made it: how a repeated call finds what the first one made


@dataclass(frozen=True, slots=True)
class Expired:
    """The generations of one place that are over the number to keep."""

    steps: tuple[Step, ...]
    left: tuple[Left, ...]


def of_volumes(world: World, place: Place, volumes: Sequence[str]) -> dict[str, list[Snapshot]]:
    """The generations of these volumes, the newest first."""
    found: dict[str, list[Snapshot]] = defaultdict(list)
    for one in snapshot.find(world.aws.ec2(place), volume_ids=volumes) if volumes else ():
        if one.state == "completed" and MADE_BY in one.tags:
            found[one.volume_id].append(one)
    for generations in found.values():
        generations.sort(key=lambda one: (one.started, one.id), reverse=True)
    return found


def expired(
    world: World, place: Place, keep: int, created: Mapping[str, str], volumes: Sequence[str]
) -> Expired:
    """A deletion for each generation beyond `keep`; one that `created` names waits for its new one.

    `created` is the key of the step that makes a new generation of a volume, by volume id.
    """
    spare = {
        volume: generations[max(keep - (volume in created), 0) :]
        for volume, generations in of_volumes(world, place, volumes).items()
    }
    ids = [one.id for generations in spare.values() for one in generations]
    users = image.users_of(world.aws.ec2(place), ids)
    steps, left = [], []
    for volume, generations in spare.items():
        for one in generations:
            if one.id in users:
                why = words("{images} uses it", images=", ".join(users[one.id]))
                left.append(Left(resource(place, one), why))
            else:
                steps.append(_deletion(place, one, keep, created.get(volume, "")))
    return Expired(tuple(steps), tuple(left))


def resource(place: Place, one: Snapshot) -> Resource:
    """A snapshot as a step's target."""
    return Resource(place.account, place.region, "snapshot", one.id, one.name, tuple(one.tags.items()))


def _deletion(place: Place, one: Snapshot, keep: int, after: str) -> Step:
    return Step(
        key=f"snapshot.delete/{place.account}/{place.region}/{one.id}",
        action="snapshot.delete",
        target=resource(place, one),
        before=fields(newer="enough", state="completed"),
        after=fields(state="deleted"),
        inputs=fields(keep=str(keep), volume=one.volume_id),
        needs=(after,) if after else (),
        warnings=(words("cannot be undone"),),
    )


# -- the deletion as an action -------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is still there, and whether enough newer completed generations are, this moment."""
    volumes = sorted({dict(step.inputs)["volume"] for step in steps})
    generations = of_volumes(world, place, volumes)
    return {step.key: _fields(step, generations.get(dict(step.inputs)["volume"], [])) for step in steps}


def _fields(step: Step, generations: Iterable[Snapshot]) -> Fields:
    ids = [one.id for one in generations]
    if step.target.id not in ids:
        return fields(state="deleted")
    newer = ids.index(step.target.id)
    wanted = int(dict(step.inputs)["keep"])
    return fields(newer="enough" if newer >= wanted else str(newer), state="completed")


def call(world: World, batch: Batch) -> Called:
    """Delete the snapshot; DeleteSnapshot takes one id."""
    (step,) = batch.steps
    return Called(snapshot.delete(world.aws.ec2(batch.place), step.target.id))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Deleted is what EC2 no longer lists."""
    ids = [one.step.target.id for one in sent]
    there = {one.id: one.state for one in snapshot.find(world.aws.ec2(place), ids=ids)}
    gone = Seen(Sight.REACHED, words("it is deleted"))
    return {
        one.step.key: Seen(Sight.COMING, words("it is {state}", state=there[one.step.target.id]))
        if one.step.target.id in there
        else gone
        for one in sent
    }


DELETE = Action(
    name="snapshot.delete",
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DeleteSnapshot", "ec2:DescribeSnapshots"),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=5),
)
