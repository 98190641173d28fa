"""A gate between two stages: a person looks and says whether to go on, or it fails when its time is over.

It changes nothing.  toban dies before its call is committed: the gate is asked for anew.  After it: the wait
is a row, with the moment it began; and who opened it is a row, too, so that nobody is asked twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from aws.account import Place
from bot.brief import AuditQuery
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import words
from commands.reading import fields

NAME = "failover.gate"
SHUT, OPEN = fields(gate="shut"), fields(gate="open")
CANCELLED, ASKED, ENDED = "operation.cancelled", "step.intended", "step.ended"
"""Events of the audit log."""
LINES = 500  # of an operation's audit log
MARGIN = timedelta(minutes=5)
"""The gate itself says that its time is over, in its own words, before the step's time limit does."""


def step(of: Resource, stage: int, patience: timedelta, *, needs: tuple[str, ...]) -> Step:
    """The gate behind a stage, which is a number of percent; what `needs` it goes on only when it is open."""
    return Step(
        key=f"{NAME}/{of.account}/{of.id}/{stage}",
        action=NAME,
        target=replace(of, type="gate", id=f"{of.id}@{stage}"),
        before=SHUT,
        after=OPEN,
        inputs=fields(patience=str(round(patience.total_seconds())), stage=str(stage)),
        needs=needs,
        within=patience + MARGIN,
    )


def waiting(world: World, number: int) -> int | None:
    """The stage of the gate that an operation waits at; None when it waits at none."""
    lines = world.ledger.search(AuditQuery(operation=number, limit=LINES))
    of = [one for one in lines if one.action == NAME]
    asked = {one.resource for one in of if one.event == ASKED}
    ended = {one.resource for one in of if one.event == ENDED}
    return next((stage_of(each) for each in sorted(asked - ended)), None)


def stage_of(resource: str) -> int:
    """The stage of a gate, out of its id."""
    return int(resource.rpartition("@")[2])


# -- the gate as an action -----------------------------------------------------------------------------


def look(_world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """It is shut until somebody is asked."""
    return {one.key: SHUT for one in steps}


def call(world: World, batch: Batch) -> Called:
    """Nothing but the moment from which on somebody is waited for."""
    return Called("", {one.key: f"{batch.operation} {world.now.isoformat()}" for one in batch.steps})


def watch(world: World, _place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """Open when a person said so; failed when one said otherwise, or nobody anything."""
    return {one.step.key: _seen(world, one) for one in sent}


def _seen(world: World, one: Sent) -> Seen:
    said, _, moment = one.result.partition(" ")
    number, given = int(said), dict(one.step.inputs)
    for gate in world.drills.gates(number):
        if gate.stage == int(given["stage"]):
            return Seen(Sight.REACHED, words("{person} lets it go on", person=gate.opened_by))
    if _is_cancelled(world, number):
        return Seen(Sight.FAILED, words("it goes back"))
    patience = timedelta(seconds=int(given["patience"]))
    if world.now >= datetime.fromisoformat(moment) + patience:
        return Seen(
            Sight.FAILED, words("nobody has said within {patience} whether to go on", patience=patience)
        )
    return Seen(
        Sight.COMING,
        words(
            "somebody has to say whether it goes on: `/failover continue {number}` or"
            " `/failover abort {number}`",
            number=number,
        ),
    )


def _is_cancelled(world: World, number: int) -> bool:
    lines = world.ledger.search(AuditQuery(operation=number, limit=LINES))
    return any(one.event == CANCELLED for one in lines)


GATE = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(hours=1),
)
