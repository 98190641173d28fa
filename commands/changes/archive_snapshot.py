"""Move snapshots into the archive, where they cost less and are days away."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import snapshot
from aws.account import Place
from aws.errors import Refused
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.generations import of_volumes
from commands.generations.tags import KIND
from commands.reading import fields

NAME = "snapshot.archive"


def step(target: Resource, volume: str, *, newer: bool, warnings: tuple[Words, ...]) -> Step:
    """The archiving of a snapshot; with `newer`, only while its volume has a newer generation than this."""
    counted = {"newer": "there"} if newer else {}
    return Step(
        key=f"{NAME}/{target.account}/{target.region}/{target.id}",
        action=NAME,
        target=target,
        before=fields(state="completed", tier="standard", **counted),
        after=fields(tier="archive"),
        inputs=fields(volume=volume) if newer else (),
        about=volume or target.id,
        warnings=warnings,
    )


# -- the archiving as an action ------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Where each is kept now, and whether a newer generation of its volume can be restored, this moment."""
    ids = sorted({step.target.id for step in steps})
    found = {one.id: one for one in snapshot.find(world.aws.ec2(place), ids=ids)}
    newest = _newest(world, place, steps)
    return {
        step.key: fields(
            state=found[step.target.id].state,
            tier=found[step.target.id].tier,
            newer="there" if newest.get(step.key, "") not in ("", step.target.id) else "none",
        )
        for step in steps
        if step.target.id in found
    }


def _newest(world: World, place: Place, steps: Sequence[Step]) -> dict[str, str]:
    """The newest generation of each step's volume, of the step's own kind."""
    newest: dict[str, str] = {}
    for kind in sorted({dict(step.target.tags).get(KIND, "") for step in steps if step.inputs}):
        alike = {
            step.key: dict(step.inputs)["volume"]
            for step in steps
            if step.inputs and dict(step.target.tags).get(KIND, "") == kind
        }
        there = of_volumes.of(world, place, set(alike.values()), kind)
        newest |= {key: there[volume][0].id for key, volume in alike.items() if there.get(volume)}
    return newest


def call(world: World, batch: Batch) -> Called:
    """ModifySnapshotTier; one that an earlier try of this call began is on its way."""
    (step,) = batch.steps
    try:
        return Called(snapshot.archive(world.aws.ec2(batch.place), step.target.id))
    except Refused as error:
        if error.said.code == "IncorrectState" and "archiv" in error.said.message.lower():
            return Called("")
        raise


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Archived is what EC2 shows in that tier; until then it can still be used."""
    ids = sorted({one.step.target.id for one in sent})
    tiers = {one.id: one.tier for one in snapshot.find(world.aws.ec2(place), ids=ids)}
    return {
        one.step.key: Seen(Sight.REACHED, words("it is in the archive"))
        if tiers[one.step.target.id] == "archive"
        else Seen(Sight.COMING, words("it is on its way into the archive"))
        for one in sent
        if one.step.target.id in tiers
    }


ARCHIVE = Action(
    name=NAME,
    risk=Risk.DESTROY,  # its price for 90 days, and the days until it can be used again, cannot be undone
    replay=Replay.REPEATABLE,
    iam=("ec2:ModifySnapshotTier", "ec2:DescribeSnapshots"),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(minutes=1),
    within=timedelta(days=3),
)
