"""Delete generations that are no longer kept; each only while enough newer ones are there."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from aws import image, snapshot
from aws.account import Place
from aws.alike import Alike
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Left, Resource, Step
from bot.words import words
from commands.generations import of_volumes
from commands.generations.keep import spares
from commands.generations.of_volumes import Generation
from commands.generations.series import Pruned, Series
from commands.generations.tags import SNAPSHOT
from commands.reading import fields

NAME = "snapshot.delete"
ENOUGH, DELETED = fields(newer="enough", state="completed"), fields(state="deleted")
WARNED = (words("cannot be undone"),)


def prune(
    world: World,
    place: Place,
    series: Collection[Series],
    kind: str = SNAPSHOT,
    *,
    former: bool = False,
) -> Pruned:
    """A deletion for each generation that its series does not keep.  Raises AwsError.

    One that an image uses stays, and does not stop the others.
    """
    wanted = {one.of: one for one in series if one.keep.asked}
    found = of_volumes.of(world, place, wanted, kind, former=former)
    going = [
        (spare, newer, wanted[volume])
        for volume, generations in found.items()
        for spare, newer in spares(
            generations, wanted[volume].keep, world.now, world.zone, one_is_made=wanted[volume].new
        )
    ]
    users = image.users_of(world.aws.ec2(place), [spare.id for spare, _, _ in going])
    more, alike = fields(kind=kind, former="yes") if former else fields(kind=kind), Alike()
    return Pruned(
        tuple(
            _step(place, spare, newer, of.after, more, alike)
            for spare, newer, of in going
            if spare.id not in users
        ),
        tuple(_used(spare.resource(place), users[spare.id]) for spare, _, _ in going if spare.id in users),
    )


def _used(resource: Resource, images: Iterable[str]) -> Left:
    return Left(resource, words("{images} uses it", images=", ".join(images)))


def _step(
    place: Place, one: Generation, newer: int, after: tuple[str, ...], more: Fields, alike: Alike
) -> Step:
    return Step(
        key=f"{NAME}/{place.account}/{place.region}/{one.id}",
        action=NAME,
        target=one.resource(place),
        before=ENOUGH,
        after=DELETED,
        inputs=tuple(sorted((*more, alike(("newer", str(newer))), alike(("volume", one.volume))))),
        needs=after,
        warnings=WARNED,
        about=one.volume,
    )


# -- the deletion as an action -------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each is still there, and whether enough newer completed generations are, this moment."""
    shown: dict[str, Fields] = {}
    for (kind, former), alike in _alike(steps, lambda more: (more["kind"], "former" in more)).items():
        volumes = {dict(step.inputs)["volume"] for step in alike}
        there = of_volumes.of(world, place, volumes, kind, former=former)
        for step in alike:
            shown[step.key] = _fields(step, there.get(dict(step.inputs)["volume"], []))
    return shown


def _alike(
    steps: Iterable[Step], by: Callable[[dict[str, str]], tuple[str, bool]]
) -> dict[tuple[str, bool], list[Step]]:
    alike: dict[tuple[str, bool], list[Step]] = {}
    for step in steps:
        alike.setdefault(by(dict(step.inputs)), []).append(step)
    return alike


def _fields(step: Step, generations: Iterable[Generation]) -> Fields:
    """As long as it is one of the completed ones; otherwise it counts as deleted, by whomever."""
    ids = [one.id for one in generations]
    if step.target.id not in ids:
        return DELETED
    newer = ids.index(step.target.id)
    wanted = int(dict(step.inputs)["newer"])
    return ENOUGH if newer >= wanted else fields(newer=str(newer), state="completed")


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
    name=NAME,
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=("ec2:DeleteSnapshot", "ec2:DescribeSnapshots"),
    look=look,
    call=call,
    watch=watch,
    within=timedelta(minutes=5),
)
