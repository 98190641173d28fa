"""Let AWS hold the timer of a way back: EventBridge Scheduler makes the same call, should toban be gone.

*Hold* sets a timer for the way back's call, a little later than toban itself makes it.  Where the call is
known beforehand the fault needs the timer; a subnet's association is known only once it is cut, so that its
timer is set right behind the cut.  *Release* takes the timer away behind toban's own way back.

toban dies before the hold's call is committed: there is no timer, and no fault that needs one.  After that,
until its answer is: the same call again sets the same timer, by its name, to a moment from now.  Later, and
for good: AWS makes the call at its time; toban's own way back then finds it so already.  toban dies between
its way back and the release: the next start releases; if the timer comes first, its call gives back what
toban gave back already and changes nothing, unless somebody else changed the same thing in those minutes:
then theirs is overwritten.  An association that toban replaced is nobody's by then, and that call is
refused.  The release finds its timer by what the hold answered or, where that is not known, by the
operation and the step in its name; one that is over or gone is released.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from aws import timer
from aws.account import Place
from aws.prepared import Prepared
from aws.timer import Timer
from bot.command import WAY_BACK, Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.drill import TIMER
from bot.plan import Fields, Step
from bot.words import words
from commands.changes import (
    break_instance,
    cut_subnet,
    deny_bucket,
    narrow_group,
    shift_weights,
    suspend_rebalance,
)
from commands.reading import fields

HOLD_NAME, RELEASE_NAME = "failover.hold-timer", "failover.release-timer"
NONE, SET, GONE = fields(timer="none"), fields(timer="set"), fields(timer="gone")

PREPARES: Mapping[str, Callable[[World, Step], Prepared]] = {
    narrow_group.WIDEN_NAME: narrow_group.prepared,
    suspend_rebalance.RESUME_NAME: suspend_rebalance.prepared,
    break_instance.STARTS: break_instance.prepared,
    deny_bucket.ALLOW_NAME: deny_bucket.prepared,
    shift_weights.RESTORE_NAME: shift_weights.prepared,
    cut_subnet.RESTORE_NAME: cut_subnet.prepared,
}
"""The ways back that are one call, and how it is written down."""
AFTERWARDS = frozenset({cut_subnet.RESTORE_NAME})
"""Those whose call is whole only once the fault is in."""


def holding(fault: Step, back: Step, call: Prepared, role: str, comes: timedelta) -> Step:
    """A timer for the way back of a fault, that comes so long after it was set."""
    return Step(
        key=f"{HOLD_NAME}/{back.key}",
        action=HOLD_NAME,
        target=replace(back.target, type=TIMER),
        before=NONE,
        after=SET,
        inputs=fields(
            back=back.action,
            given=json.dumps(call.given, sort_keys=True),
            operation=call.operation,
            role=role,
            seconds=str(round(comes.total_seconds())),
            service=call.service,
        ),
        needs=(fault.key,) if back.action in AFTERWARDS else fault.needs,
    )


def releasing(held: Step, back: Step) -> Step:
    """Its way back, behind that of the fault."""
    return Step(
        key=held.key.replace(HOLD_NAME, RELEASE_NAME, 1),
        action=RELEASE_NAME,
        target=held.target,
        before=SET,
        after=GONE,
        follows=(back.key,),
        undoes=held.key,
    )


# -- the hold as an action -----------------------------------------------------------------------------


def look(_world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """There is none before it is set: its name is its call's own, and others' do not count."""
    return {step.key: NONE for step in steps}


def hold(world: World, batch: Batch) -> Called:
    """CreateSchedule, of one call at one moment."""
    (step,) = batch.steps
    more, name = dict(step.inputs), f"{batch.token}-{_mark(step.key)}"
    call = Prepared(more["service"], more["operation"], json.loads(more["given"]))
    if more["back"] in AFTERWARDS:
        call = cut_subnet.completed(world, batch.place, step.target.id, call)
    at = world.now + timedelta(seconds=int(more["seconds"]))
    said = f"toban #{batch.operation}: puts {step.target.id} back, should toban be gone"
    scheduler = timer.client(world.aws, batch.place)
    request = timer.put(scheduler, Timer(name, at, call, more["role"], said), batch.token)
    return Called(request, {step.key: name})


def _mark(key: str) -> str:
    """A step in the name of its timer, which has to be short."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is set when Scheduler shows it."""
    scheduler = timer.client(world.aws, place)
    return {one.step.key: _set(timer.there(scheduler, one.result)) for one in sent}


def _set(is_there: bool) -> Seen:
    if is_there:
        return Seen(Sight.REACHED, words("AWS holds the timer"))
    return Seen(Sight.COMING, words("EventBridge Scheduler does not show the timer"))


HOLD = Action(
    name=HOLD_NAME,
    risk=Risk.CHANGE,
    replay=Replay.BY_TOKEN,
    iam=(
        *("iam:PassRole", "scheduler:CreateSchedule", "scheduler:GetSchedule", "scheduler:UpdateSchedule"),
        "ec2:DescribeNetworkAcls",
    ),
    look=look,
    call=hold,
    watch=watch,
    every=timedelta(seconds=1),
    within=timedelta(seconds=30),
)


# -- the release as an action --------------------------------------------------------------------------


def look_for_it(_world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """It may be there: the call knows its name."""
    return {step.key: SET for step in steps}


def release(world: World, batch: Batch) -> Called:
    """DeleteSchedule of what this very operation set."""
    (step,) = batch.steps
    scheduler, known = timer.client(world.aws, batch.place), batch.results.get(step.undoes, "")
    names = [known] if known else _set_by(scheduler, batch.operation, step)
    requests = [timer.delete(scheduler, name) for name in names]
    return Called(next(filter(None, requests), ""), {step.key: names[0]} if names else {})


def _set_by(scheduler: timer.Client, operation: int, step: Step) -> list[str]:
    mark = _mark(step.undoes)
    return [name for name in timer.named(scheduler, f"toban-{operation}-") if name.endswith(f"-{mark}")]


def watch_it_go(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is gone when Scheduler shows it no more."""
    scheduler = timer.client(world.aws, place)
    return {one.step.key: _gone(bool(one.result) and timer.there(scheduler, one.result)) for one in sent}


def _gone(is_there: bool) -> Seen:
    if is_there:
        return Seen(Sight.COMING, words("AWS still holds the timer"))
    return Seen(Sight.REACHED, words("AWS holds no timer any more"))


RELEASE = Action(
    name=RELEASE_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("scheduler:DeleteSchedule", "scheduler:GetSchedule", "scheduler:ListSchedules"),
    look=look_for_it,
    call=release,
    watch=watch_it_go,
    every=timedelta(seconds=1),
    within=WAY_BACK,
    whatever_happens=True,
)
