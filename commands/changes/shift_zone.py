"""Shift a load balancer's traffic away from a zone, where ARC offers that, and end the shift.

AWS itself ends it a little later than the drill does, so that this way back needs nobody.

toban dies before the start's call is committed: there is no shift. After that, until its answer is: the
next start looks for the call's token in the comments of active shifts; a second call would be refused as a
conflict. Later: the way back is a row; a shift that has expired meanwhile counts as ended, and another's
shift is left alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from aws import zonal_shift
from aws.account import Place
from aws.balancer import Balancer
from aws.errors import Refused
from aws.zonal_shift import Shift, Shiftable
from bot.command import WAY_BACK, Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Step
from bot.words import words
from commands import balancers
from commands.generations.tags import MADE_BY, TOKEN
from commands.reading import fields

SHIFT_NAME, CANCEL_NAME = "failover.shift-zone", "failover.cancel-shift"
READS = ("arc-zonal-shift:ListManagedResources",)
NONE = "none"  # in the field `shift`
LATER = timedelta(minutes=5)
"""AWS ends a shift by itself so long after the drill should have."""


def shifting(
    place: Place, one: Balancer, zone_id: str, *, lasts: timedelta, needs: tuple[str, ...] = ()
) -> Step:
    """No traffic to a zone, named by its id, for so long and a little longer."""
    for_ = str(zonal_shift.minutes(lasts + LATER))
    return Step(
        key=f"{SHIFT_NAME}/{place.account}/{place.region}/{one.name}",
        action=SHIFT_NAME,
        target=balancers.resource(place, one),
        before=fields(shift=NONE),
        after=fields(shift=_away(zone_id)),
        inputs=fields(arn=one.arn, minutes=for_, zone=zone_id),
        needs=needs,
    )


def cancelling(shifted: Step, lasts: timedelta) -> Step:
    """Its way back, after so long."""
    return Step(
        key=shifted.key.replace(SHIFT_NAME, CANCEL_NAME, 1),
        action=CANCEL_NAME,
        target=shifted.target,
        before=shifted.after,
        after=shifted.before,
        inputs=shifted.inputs,
        undoes=shifted.key,
        after_a_while=lasts,
    )


def _away(zone_id: str) -> str:
    return f"away from {zone_id}"


# -- both as actions -----------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Which shift of each balancer is active; one that offers none any more is absent."""
    found = _offered(world, place, steps)
    return {step.key: _shown(found[_arn(step)]) for step in steps if _arn(step) in found}


def _offered(world: World, place: Place, steps: Sequence[Step]) -> dict[str, Shiftable]:
    arns = sorted({_arn(step) for step in steps})
    return {one.arn: one for one in zonal_shift.find(zonal_shift.client(world.aws, place), arns)}


def _arn(step: Step) -> str:
    return dict(step.inputs)["arn"]


def _shown(one: Shiftable) -> Fields:
    return fields(shift=_away(one.shifts[0].away_from) if one.shifts else NONE)


def call(world: World, batch: Batch) -> Called:
    """StartZonalShift; a conflict may be with an earlier try of this very call."""
    (step,) = batch.steps
    asked = dict(step.inputs)
    try:
        started = zonal_shift.start(
            zonal_shift.client_once(world.aws, batch.place),
            asked["arn"],
            asked["zone"],
            lasts=timedelta(minutes=int(asked["minutes"])),
            comment=f"{_operation(batch)} {TOKEN}={batch.token}",
        )
    except Refused:
        if found := find(world, batch):
            return found
        raise
    return Called(started.request_id, {step.key: started.id})


def _operation(batch: Batch) -> str:
    return f"{MADE_BY}={batch.operation}"


def find(world: World, batch: Batch) -> Called | None:
    """The active shift whose comment has this call's token."""
    (step,) = batch.steps
    mine = next(_said(world, batch, step, f"{TOKEN}={batch.token}"), None)
    return Called("", {step.key: mine.id}) if mine else None


def _said(world: World, batch: Batch, step: Step, word: str) -> Iterator[Shift]:
    """The active shifts of a balancer with this word in their comment."""
    for one in _offered(world, batch.place, [step]).values():
        yield from (shift for shift in one.shifts if word in shift.comment.split())


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when ARC has applied it."""
    found = _offered(world, place, [one.step for one in sent])
    return {one.step.key: _seen(found[_arn(one.step)], one) for one in sent if _arn(one.step) in found}


def _seen(there: Shiftable, one: Sent) -> Seen:
    if any(shift.id == one.result and shift.applied for shift in there.shifts):
        zone = dict(one.step.inputs)["zone"]
        return Seen(Sight.REACHED, words("its traffic goes to other zones than {zone}", zone=zone))
    return Seen(Sight.COMING, words("the zonal shift is not applied yet"))


SHIFT = Action(
    name=SHIFT_NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TAG,
    iam=(*READS, "arc-zonal-shift:StartZonalShift"),
    look=look,
    call=call,
    watch=watch,
    find=find,
    every=timedelta(seconds=2),
    within=timedelta(minutes=3),
)


# -- its end -------------------------------------------------------------------------------------------


def cancel(world: World, batch: Batch) -> Called:
    """CancelZonalShift of what this very operation began, unless it has expired."""
    (step,) = batch.steps
    known = batch.results.get(step.undoes, "")
    ids = [known] if known else [one.id for one in _said(world, batch, step, _operation(batch))]
    arc = zonal_shift.client(world.aws, batch.place)
    requests = [zonal_shift.cancel(arc, id_) for id_ in ids]
    return Called(next(filter(None, requests), ""), {step.key: ids[0]} if ids else {})


def watch_it_end(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is over when ARC shows that very shift no more."""
    found = _offered(world, place, [one.step for one in sent])
    over = Seen(Sight.REACHED, words("the zonal shift is over"))
    still = Seen(Sight.COMING, words("the zonal shift is still active"))
    active = {shift.id for there in found.values() for shift in there.shifts}
    return {one.step.key: still if one.result in active else over for one in sent}


CANCEL_SHIFT = Action(
    name=CANCEL_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(*READS, "arc-zonal-shift:CancelZonalShift"),
    look=look,
    call=cancel,
    watch=watch_it_end,
    every=timedelta(seconds=2),
    within=WAY_BACK,
    whatever_happens=True,
)
