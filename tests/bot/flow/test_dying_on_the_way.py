"""toban dies between any two commits and calls; another one finds the rows, and every way back is made."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from aws.account import AccountConfig
from aws.errors import Refused
from aws.said import Said
from bot.command import Batch, Replay
from bot.operation import ENDS, STEP_ENDS, StepState
from tests.bot.flow.crowd import HERE
from tests.bot.flow.stage import Stage, act, ends, staged
from tests.house import House, Time, house

pytestmark = pytest.mark.sqlite  # it copies the file at every commit
A_MINUTE, NONE = timedelta(minutes=1), frozenset({"None"})
ACCOUNTS = [AccountConfig(HERE.account, "123456789012", (HERE.region,))]
MOVES = (
    "select id, state, waits_for, not_before from steps",
    "select id, state from batches",
    "select step from waits",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What there is when the process dies: the database as it was committed, and the stage."""

    folder: Path
    on: frozenset[str]
    called: tuple[str, ...]


class Moments:
    """Keeps every moment of a story: before each commit, before each call, and before its answer."""

    def __init__(self, folder: Path, stage: Stage) -> None:
        self._folder, self._stage, self._lock = folder, stage, threading.Lock()
        self._seen: list[object] = []
        self.kept: list[Moment] = []

    def keep(self, *_: object) -> None:
        """This moment, unless nothing has moved since the last one."""
        with self._lock, closing(sqlite3.connect(self._folder / "toban.db")) as now:
            moved = [now.execute(query).fetchall() for query in MOVES]
            stage = (frozenset(self._stage.on), tuple(self._stage.called))
            if (moved, stage) in self._seen or not moved[0]:
                return
            self._seen.append((moved, stage))
            folder = self._folder / f"moment-{len(self.kept)}"
            folder.mkdir()
            with closing(sqlite3.connect(folder / "toban.db")) as then:
                now.backup(then)
            self.kept.append(Moment(folder, *stage))


def story() -> Stage:
    """Freeze, take, thaw; and something beside it."""
    freeze, take = act("freeze"), act("take", needs=("freeze",))
    return Stage([(freeze, take, act("thaw", undoes="freeze", follows=("take",)), act("beside"))])


def played(there: House) -> dict[str, StepState]:
    """Until the operation has ended."""
    for _ in range(20):
        there.work(passing=20)
        if there.operation(1).state in ENDS:
            return ends(there, 1)
    raise AssertionError(ends(there, 1))


@pytest.mark.parametrize(("replay", "cancelled"), [(Replay.REPEATABLE, False), (Replay.AT_MOST_ONCE, True)])
def test_every_way_back_is_made_and_nothing_is_called_twice_that_may_not_be(
    tmp_path: Path, replay: Replay, *, cancelled: bool
) -> None:
    stage = story()
    moments = Moments(tmp_path, stage)
    stage.on_call = moments.keep
    stage.after = moments.keep
    with house(tmp_path, ACCOUNTS) as at_home, staged(at_home, stage, replay=replay) as there:
        event.listen(there.path.db.engine, "commit", moments.keep)
        there.asked("/play run 1")
        assert set(played(there).values()) == {StepState.DONE}
    assert len(moments.kept) >= 9
    for moment in moments.kept:
        _lived_on(moment, replay, cancelled=cancelled)


def _lived_on(moment: Moment, replay: Replay, *, cancelled: bool) -> None:
    stage = replace(story(), on=set(moment.on), called=list(moment.called))
    with house(moment.folder, ACCOUNTS) as at_home, staged(at_home, stage, replay=replay) as there:
        if cancelled:
            there.cancel(1)
        states = played(there)
    assert set(states.values()) <= STEP_ENDS
    assert "thaw" in stage.on or "freeze" not in stage.on, moment
    if replay is Replay.AT_MOST_ONCE:
        once = [key for key in stage.called if key != "thaw"]
        assert len(once) == len(set(once)), moment


def lamps_for_a_while() -> Stage:
    """Up, and down a minute after; and something of which there is none left for half a minute."""
    stage = Stage([(act("up"), act("down", needs=("up",), after_a_while=A_MINUTE), act("scarce"))])

    def none_left(batch: Batch) -> Refused | None:
        first = batch.steps[0].key == "scarce" and stage.called.count("scarce") == 1
        return Refused("starting", Said("none left", code="None")) if first else None

    stage.before = none_left
    return stage


def test_what_waits_for_its_moment_is_called_at_it_and_once_whatever_dies(tmp_path: Path) -> None:
    stage = lamps_for_a_while()
    moments = Moments(tmp_path, stage)
    stage.on_call = moments.keep
    stage.after = moments.keep
    with house(tmp_path, ACCOUNTS) as at_home, staged(at_home, stage, scarce=NONE) as there:
        event.listen(there.path.db.engine, "commit", moments.keep)
        there.asked("/play run 1")
        assert set(played(there).values()) == {StepState.DONE}
    assert len(moments.kept) >= 9
    for moment in moments.kept:
        _waited_on(moment)


def _waited_on(moment: Moment) -> None:
    stage, soonest = lamps_for_a_while(), Time().at + A_MINUTE
    stage.on, stage.called = set(moment.on), list(moment.called)
    early: list[str] = []
    with house(moment.folder, ACCOUNTS) as at_home, staged(at_home, stage, scarce=NONE) as there:
        stage.on_call = lambda batch: early.extend(
            one.key for one in batch.steps if one.key == "down" and there.time.at < soonest
        )
        states = played(there)
    assert set(states.values()) == {StepState.DONE}, moment
    assert early == [], moment
    sure = "down" not in moment.called or "down" in moment.on
    assert not sure or stage.called.count("down") == 1, moment
