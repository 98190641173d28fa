"""The fifth stage: look until AWS shows what was promised.  AWS's description is the only truth."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from aws.errors import AwsError
from bot import logs
from bot.bell import Topic
from bot.command import Action, Failed, Seen, Sight
from bot.flow.explain import explained
from bot.flow.lines import of_steps
from bot.flow.path import Path
from bot.operation import StepState
from bot.plan import Step
from bot.refusals import said
from bot.store import audit, operations, outbox, steps, waits
from bot.store.audit import Event
from bot.store.waits import Group, Wait
from bot.words import Words
from bot.words import words as _

log = logging.getLogger("toban.flow")
AGAIN = timedelta(minutes=1)  # for an action that no longer exists
AT_MOST = 1000
"""Steps of one group that are looked at together: a page of EC2's."""
TOGETHER = 200
"""Steps in one look, the others beside it: the values that one of EC2's filters takes."""
GONE_AFTER = timedelta(minutes=10)
"""No listing is behind for so long ("Eventual consistency in the Amazon EC2 API", EC2 developer guide)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one look means for one step."""

    wait: Wait
    state: StepState | None  # None: wait on
    shows: Words

    @property
    def step(self) -> Step:
        """The step that is awaited."""
        return self.wait.sent.step


def watch(path: Path) -> int:
    """Take every look that is due; returns how many groups there were."""
    due = path.db.read(partial(_due, now=path.now()))
    looks = [
        (group, awaited[start : start + TOGETHER])
        for group, awaited in due
        for start in range(0, len(awaited), TOGETHER)
    ]
    path.side_by_side(lambda look: _look(path, *look), looks)
    if any(len(awaited) == AT_MOST for _, awaited in due):  # there may be more, which are due as well
        path.ring(Topic.WAITS)
    return len(due)


def _due(tx: Connection, *, now: datetime) -> list[tuple[Group, Sequence[Wait]]]:
    """The groups in which a look is due, and what is to be looked at there."""
    return [(group, waits.of(tx, group, now, AT_MOST)) for group in waits.due(tx, now)]


def _look(path: Path, group: Group, awaited: Sequence[Wait]) -> None:
    with logs.about(**_whose(awaited)):
        verdicts = _verdicts(path, group, awaited)
    every = path.actions[group.action].every if group.action in path.actions else AGAIN
    path.db.write(lambda tx: _note(path, tx, every, verdicts))
    path.ring(Topic.WORK, Topic.MAIL)


def _whose(awaited: Sequence[Wait]) -> Mapping[str, object]:
    """One look may be for several operations."""
    numbers = sorted({wait.operation for wait in awaited})
    return {"operation": numbers[0]} if len(numbers) == 1 else {"operations": numbers}


def _verdicts(path: Path, group: Group, awaited: Sequence[Wait]) -> list[Verdict]:
    try:
        action = path.actions[group.action]
        return [verdict for alike in _apart(awaited) for verdict in _judged(path, group, action, alike)]
    except AwsError as error:
        why = said(error, group.place.account)
    except Exception:  # the edge of a group: a mistake of ours must not stop the others' looks
        log.exception("a look for %s stumbled", group.action, extra={"action": "watch.stumbled"})
        why = _("toban made a mistake when it looked; the log tells more")
    return [judge_blind(wait, why, path.now()) for wait in awaited]


def _judged(path: Path, group: Group, action: Action, awaited: Sequence[Wait]) -> list[Verdict]:
    shown = action.watch(path.observer(), group.place, [wait.sent for wait in awaited])
    verdicts = [judge(wait, shown.get(wait.sent.step.key), path.now()) for wait in awaited]
    failed = [Failed(one.step, one.shows) for one in verdicts if one.state is StepState.FAILED]
    because = explained(path.observer(), action, group.place, failed)
    return [_told(one, because.get(one.step.key)) for one in verdicts]


def _told(verdict: Verdict, why: Words | None) -> Verdict:
    return replace(verdict, shows=why) if why else verdict


def _apart(awaited: Sequence[Wait]) -> list[list[Wait]]:
    """Steps of one key, of operations that do the same to the same resource, are not looked at together."""
    looks: list[dict[str, Wait]] = [{}]
    for wait in awaited:
        key = wait.sent.step.key
        free = next((look for look in looks if key not in look), None)
        if free is None:
            looks.append(free := {})
        free[key] = wait
    return [list(look.values()) for look in looks]


# -- what a look means; pure -------------------------------------------------------------------------


def judge(wait: Wait, seen: Seen | None, now: datetime) -> Verdict:
    """What AWS shows of one step, against what was promised and until when."""
    if seen is None:
        seen = _not_shown(wait, now)
    if seen.sight is Sight.REACHED:
        return Verdict(wait, StepState.DONE, seen.shows)
    if seen.sight is Sight.FAILED:
        return Verdict(wait, StepState.FAILED, seen.shows)
    if now >= wait.deadline:
        return Verdict(wait, StepState.FAILED, _("not so in time; AWS shows: {shows}", shows=seen.shows))
    return Verdict(wait, None, seen.shows)


def _not_shown(wait: Wait, now: datetime) -> Seen:
    """A listing may be behind what was made a moment ago; after a while it is gone, by whomever."""
    one = wait.sent.result or wait.sent.step.target.id
    if now - wait.since >= GONE_AFTER:
        return Seen(Sight.FAILED, _("{id} is not there (any more)", id=one))
    return Seen(Sight.COMING, _("{id} is not shown yet", id=one))


def judge_blind(wait: Wait, why: Words, now: datetime) -> Verdict:
    """AWS could not be asked: wait on, and when the time is up say that nobody knows."""
    state = StepState.UNKNOWN if now >= wait.deadline else None
    return Verdict(wait, state, why)


# -- what is committed of it -------------------------------------------------------------------------


def _note(path: Path, tx: Connection, every: timedelta, verdicts: Sequence[Verdict]) -> None:
    now = path.now()
    still = set(waits.awaited(tx, [verdict.wait.step for verdict in verdicts]))
    verdicts = [verdict for verdict in verdicts if verdict.wait.step in still]
    by_state = _by_state(verdicts)
    waits.look_again(tx, _shown(by_state.pop(None, ())), now + every)
    for state, alike in by_state.items():
        if state is not None:
            waits.end(tx, [verdict.wait.step for verdict in alike])
            steps.move_each(tx, state, now, _shown(alike))
    for number, theirs in _by_operation(verdicts).items():
        _tell(path, tx, number, theirs)


def _tell(path: Path, tx: Connection, number: int, verdicts: Sequence[Verdict]) -> None:
    now = path.now()
    outbox.touch(tx, number, now, progress=True)
    ended = [verdict for verdict in verdicts if verdict.state is not None]
    operation = operations.get(tx, number)
    if not ended or operation is None:
        return
    lines: list[audit.Line] = []
    for one in ended:
        detail = str(one.shows)
        lines += of_steps(operation, Event.STEP_ENDED, now, [one.step], outcome=one.state, detail=detail)
    audit.write(tx, *lines)  # one statement: a thousand steps may end in one look
    operations.wake(tx, [number], now)


def _shown(verdicts: Iterable[Verdict]) -> dict[int, Words]:
    return {verdict.wait.step: verdict.shows for verdict in verdicts}


def _by_state(verdicts: Iterable[Verdict]) -> dict[StepState | None, list[Verdict]]:
    states: dict[StepState | None, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        states[verdict.state].append(verdict)
    return states


def _by_operation(verdicts: Sequence[Verdict]) -> dict[int, list[Verdict]]:
    theirs: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        theirs[verdict.wait.operation].append(verdict)
    return theirs
