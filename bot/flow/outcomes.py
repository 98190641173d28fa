"""After a call: what AWS said is committed; many answers in one commit.

Whoever is told *later* comes back: for calls without an answer, and for lanes that AWS put off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from aws.errors import AwsError
from bot.bell import Topic
from bot.command import Action, Called
from bot.flow.call import Call, Hand, Outcome, Rows, finish, finish_each, is_way_back, patience
from bot.flow.intents import answer_line
from bot.flow.overtake import overtake
from bot.flow.refusal import FULL, LONGEST, Fate, fate, pause
from bot.operation import BatchState, StepState
from bot.refusals import said
from bot.store import audit, batches, moments, operations, outbox, steps, waits
from bot.store.batches import Answer
from bot.store.ready import Lane
from bot.store.waits import Awaited, Group
from bot.words import Words

IN_FLOW = timedelta(seconds=15)
"""While more calls of a lane go out, their first look waits: one Describe for many."""

SOON = timedelta(seconds=1)
"""The longest between two tries of a way back."""


@dataclass(frozen=True, slots=True)
class Later:
    """When to come back: for this lane, or, without one, for a call that has no answer."""

    moment: datetime
    lane: Lane | None = None


def commit(hand: Hand, outcomes: Sequence[Outcome]) -> list[Later]:
    """Commit what AWS said to these calls."""

    def change(tx: Connection) -> list[Later]:
        operations.still_ours(tx, hand.held)
        later = note(hand, tx, outcomes)
        look_now(hand, tx, {one.call.lane for one in outcomes})
        return later

    later = hand.path.db.write(change)
    hand.path.ring(Topic.WAITS, Topic.MAIL)
    return later


def look_now(hand: Hand, tx: Connection, lanes: Iterable[Lane]) -> None:
    """No more calls go out in these lanes just now: look at what came of them."""
    for lane in lanes:
        waits.look_now(tx, hand.held.number, Group(lane.action, lane.place), hand.path.now())


def note(hand: Hand, tx: Connection, outcomes: Sequence[Outcome]) -> list[Later]:
    """The same within a transaction."""
    answered = [(one.call, one.said) for one in outcomes if isinstance(one.said, Called)]
    _answered(hand, tx, answered)
    errors = [(one, one.said) for one in outcomes if isinstance(one.said, AwsError)]
    return [later for one, error in errors if (later := _error(hand, tx, one, error)) is not None]


def _answered(hand: Hand, tx: Connection, answered: Sequence[tuple[Call, Called]]) -> None:
    """AWS's yes: from here on the steps are awaited."""
    if not answered:
        return
    now, number = hand.path.now(), hand.held.number
    answers = [Answer(call.batch, said.request_id) for call, said in answered]
    batches.answer(tx, BatchState.ANSWERED, answers, now)
    steps.move(tx, [row.id for call, _ in answered for row in call.rows], StepState.AWAITING, now)
    made = {row.id: said.results.get(row.step.key, "") for call, said in answered for row in call.rows}
    steps.note_results(tx, {step: result for step, result in made.items() if result})
    waits.add(tx, [one for call, _ in answered for one in _awaited(hand, call)], now, now + IN_FLOW)
    audit.write(
        tx, *(answer_line(hand, call, BatchState.ANSWERED, said.request_id) for call, said in answered)
    )
    overtake(hand, tx, (row for call, _ in answered for row in call.rows))
    outbox.touch(tx, number, now, progress=True)


def _awaited(hand: Hand, call: Call) -> list[Awaited]:
    group, usual = Group(call.batch.action, call.batch.place), hand.action(call.batch.action).within
    return [Awaited(row.id, hand.held.number, group, row.step.within or usual) for row in call.rows]


def _error(hand: Hand, tx: Connection, outcome: Outcome, error: AwsError) -> Later | None:
    """AWS said no, or nothing: the same later, or in halves, since one bad id refuses a whole call."""
    call, rows = outcome.call, outcome.call.rows
    insists = _insists(hand, tx, rows)
    means = fate(hand.action(call.batch.action), rows, error, insists=insists)
    if means is Fate.UNCLEAR:  # it stays INTENDED, and `recover` goes on
        return Later(hand.path.now() + patience(call.batch.tries))
    why = said(error, call.batch.place.account)
    batches.answer(tx, BatchState.REFUSED, [Answer(call.batch, error=why)], hand.path.now())
    audit.write(tx, answer_line(hand, call, BatchState.REFUSED, detail=str(why)))
    match means:
        case Fate.LATER:
            return put_off(hand, tx, rows, why, FULL.get(error.said.code))
        case Fate.HALVES:
            steps.plan_again(tx, [row.id for row in rows], chunk=(len(rows) + 1) // 2)
        case Fate.ALONE:
            _alone(hand, tx, rows, why, insists=insists)
        case Fate.OVER:
            because = [(row, outcome.because.get(row.step.key, why)) for row in rows]
            finish_each(hand, tx, because, StepState.FAILED)
    return None


def _insists(hand: Hand, tx: Connection, rows: Rows) -> bool:
    """Whether these put back what was done; where AWS refused to do it, there is nothing to insist on."""
    undone = {row.step.undoes for row in rows if row.step.undoes}
    if undone:
        return not steps.were_refused(tx, hand.held.number, undone)
    return hand.action(rows[0].step.action).whatever_happens


def _alone(hand: Hand, tx: Connection, rows: Rows, why: Words, *, insists: bool) -> None:
    """There is none left now: this waits by itself, as rows do, and the others of its lane go on."""
    ids, after = [row.id for row in rows], pause(rows, hand.action(rows[0].step.action), insists=insists)
    steps.plan_again(tx, ids, tries=max(row.tries for row in rows) + 1, chunk=1, reason=why)
    moments.put_off(tx, ids, hand.path.now() + (after or LONGEST))
    outbox.touch(tx, hand.held.number, hand.path.now(), progress=True)


def put_off(
    hand: Hand, tx: Connection, rows: Rows, why: Words, after: timedelta | None = None
) -> Later | None:
    """Nothing was done: the same later, after so long, but not for ever; returns when.

    A way back is put off for ever if it must be.
    """
    action = hand.action(rows[0].step.action)
    tries = max(row.tries for row in rows) + 1
    if tries >= _most_tries(hand, action, after) and not is_way_back(rows):
        finish(hand, tx, rows, StepState.FAILED, why)
        return None
    ids, moment = [row.id for row in rows], hand.path.now() + (after or _patience(rows, tries))
    steps.plan_again(tx, ids, tries=tries)
    moments.put_off(tx, ids, moment)  # whatever else wakes the operation until then
    return Later(moment, Lane(action.name, rows[0].step.target.place))


def _patience(rows: Rows, tries: int) -> timedelta:
    """How long to wait after so many tries; nobody lets a fault wait for its end."""
    return min(patience(tries), SOON) if is_way_back(rows) else patience(tries)


def _most_tries(hand: Hand, action: Action, after: timedelta | None) -> int:
    """Who waits for a place waits as long as the action itself may take."""
    return max(hand.path.limits.tries, int(action.within / after) if after else 0)
