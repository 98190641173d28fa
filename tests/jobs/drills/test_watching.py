"""Whether somebody watches is known from the looks, not from a thread that is still there."""

import pytest

from bot.store.vitals import vitals
from jobs.drills import drills
from tests.jobs.drills.rehearsal import Rehearsal


def test_who_has_not_looked_for_a_while_does_not_watch(
    there: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.begin()
    there.house.work()
    path = there.house.path
    assert path.db.read(lambda tx: vitals(tx, path.now())).drills == 1
    assert not there.watcher.is_watching()
    there.watcher.look()
    assert there.watcher.is_watching()
    monkeypatch.setattr(drills, "SLOW", 0.0)
    assert not there.watcher.is_watching()
