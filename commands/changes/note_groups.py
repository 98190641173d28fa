"""Note in an instance's tags which security groups its interfaces had, and forget that again."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import instance, tagging
from aws.account import Place
from aws.instance import Instance
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import words
from commands import instances
from commands.changes import isolation
from commands.reading import fields

NOTE_NAME, FORGET_NAME = "ec2.note-groups", "ec2.forget-groups"
NOTHING = fields(noted="nothing")


def noting(place: Place, one: Instance, groups: Mapping[str, Sequence[str]]) -> Step:
    """Note these groups, by their interfaces, beside what is noted already."""
    was = isolation.noted(one.tags)
    return Step(
        key=f"{NOTE_NAME}/{place.account}/{place.region}/{one.id}",
        action=NOTE_NAME,
        target=instances.resource(place, one),
        before=_shown(was),
        after=_shown(was | {interface: tuple(ids) for interface, ids in groups.items()}),
        inputs=tuple(sorted(isolation.notes(groups).items())),
    )


def forgetting(place: Place, one: Instance, *, needs: tuple[str, ...]) -> Step:
    """Take all of it away, after what it needs."""
    keys = sorted(key for key in one.tags if key.startswith(isolation.NOTED))
    return Step(
        key=f"{FORGET_NAME}/{place.account}/{place.region}/{one.id}",
        action=FORGET_NAME,
        target=instances.resource(place, one),
        before=_shown(isolation.noted(one.tags)),
        after=NOTHING,
        inputs=fields(keys=" ".join(keys)),
        needs=needs,
    )


def _shown(groups: Mapping[str, Sequence[str]]) -> Fields:
    said = " ".join(f"{interface}={','.join(sorted(ids))}" for interface, ids in sorted(groups.items()))
    return fields(noted=said) if said else NOTHING


# -- both as actions -----------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """What is noted on each instance now."""
    found = instance.find(world.aws.ec2(place), ids=sorted({step.target.id for step in steps}))
    now = {one.id: _shown(isolation.noted(one.tags)) for one in found}
    return {step.key: now[step.target.id] for step in steps if step.target.id in now}


def note(world: World, batch: Batch) -> Called:
    """CreateTags on one instance."""
    (step,) = batch.steps
    return Called(tagging.put(world.aws.ec2(batch.place), step.target.id, dict(step.inputs)))


def forget(world: World, batch: Batch) -> Called:
    """DeleteTags from one instance."""
    (step,) = batch.steps
    keys = dict(step.inputs)["keys"].split()
    return Called(tagging.take_off(world.aws.ec2(batch.place), step.target.id, keys))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is noted, or forgotten, when the tags say so."""
    shows = look(world, place, [one.step for one in sent])
    reached = Seen(Sight.REACHED, words("its tags say so"))
    coming = Seen(Sight.COMING, words("its tags do not say so yet"))
    return {
        one.step.key: reached if shows[one.step.key] == one.step.after else coming
        for one in sent
        if one.step.key in shows
    }


NOTE_GROUPS = Action(
    name=NOTE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:CreateTags", "ec2:DescribeInstances"),
    look=look,
    call=note,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=5),
)
FORGET_GROUPS = Action(
    name=FORGET_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("ec2:DeleteTags", "ec2:DescribeInstances"),
    look=look,
    call=forget,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=5),
)
