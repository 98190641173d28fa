"""A running bot seals within seconds, anchors once a minute, and finds what is done to its log meanwhile."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from bot.audit.anchor import Anchors
from bot.audit.chain import last_seal
from bot.audit.keeper import Keeper
from bot.audit.watch import is_open
from tests.bot.audit.log import KEY, START, Log

T = TypeVar("T")
MINUTE = timedelta(minutes=1)


class Db:
    def __init__(self, log: Log) -> None:
        self._log = log

    def read(self, look: Callable[[Connection], T]) -> T:
        return self._log.do(look)

    def write(self, change: Callable[[Connection], T]) -> T:
        return self._log.do(change)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "toban.anchors"


def started(log: Log, path: Path) -> Keeper:
    """A bot that has just started."""
    keeper = Keeper(Db(log), KEY, Anchors(path))
    keeper.tick(START)
    return keeper


def sealed(log: Log) -> int:
    newest = log.do(last_seal)
    return newest.number if newest else 0


def anchored(path: Path) -> list[int]:
    return [anchor.number for anchor in Anchors(path).read()]


def test_rows_are_sealed_at_every_tick_and_anchored_once_a_minute(log: Log, path: Path) -> None:
    keeper = started(log, path)
    seen = []
    for second in (1, 30, 61, 62):
        log.append(2_500 if second == 30 else 1)
        keeper.tick(START + timedelta(seconds=second))
        seen.append((sealed(log), anchored(path)))
    assert seen == [(1, [1]), (2_501, [1]), (2_502, [1, 2_502]), (2_503, [1, 2_502])]


def test_what_is_left_at_the_end_is_sealed_and_anchored(log: Log, path: Path) -> None:
    keeper = started(log, path)
    log.append(3)
    keeper.tick(START)
    log.append(1, first=4)
    keeper.close(START)
    assert (sealed(log), anchored(path)) == (4, [3, 4])


def test_a_log_changed_while_the_bot_was_down_is_found_at_its_start(log: Log, path: Path) -> None:
    log.sealed(5).tamper("UPDATE audit SET person = 'U9' WHERE id = 2")
    (found,) = Keeper(Db(log), KEY, Anchors(path)).tick(START)
    assert found.row == 2
    assert log.do(is_open)


@pytest.mark.sqlite
def test_an_older_copy_put_back_is_found_at_the_next_start(log: Log, path: Path, tmp_path: Path) -> None:
    keeper = started(log, path)
    shutil.copy(log.path, tmp_path / "older.db")
    log.append(5)
    keeper.close(START)
    log.close()
    shutil.copy(tmp_path / "older.db", log.path)
    (found,) = Keeper(Db(log), KEY, Anchors(path)).tick(START + MINUTE)
    assert found.kind == "cut"


def test_a_cut_while_the_bot_runs_is_found_with_the_next_anchor(log: Log, path: Path) -> None:
    log.append(5)
    keeper = started(log, path)
    keeper.tick(START)
    log.tamper("DELETE FROM seals WHERE number > 3", "DELETE FROM audit WHERE id > 3")
    log.append(1, first=9)
    found = keeper.tick(START + MINUTE)
    assert [each.kind for each in found] == ["cut"]
    assert keeper.tick(START + 2 * MINUTE) == ()


def test_an_old_row_changed_while_the_bot_runs_is_found_within_a_day(log: Log, path: Path) -> None:
    log.append(5)
    keeper = started(log, path)
    log.tamper("UPDATE audit SET person = 'U9' WHERE id = 2")
    found = [keeper.tick(START + timedelta(hours=hour)) for hour in range(26)]
    assert [each.row for breaks in found for each in breaks] == [2]
