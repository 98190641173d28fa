"""Anchors are kept outside the database, at most one a minute."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot.audit.anchor import Anchor, Anchors
from bot.audit.chain import Seal
from tests.bot.audit.log import START

FIRST, SECOND = Seal(1, 1, "a" * 64), Seal(2, 2, "b" * 64)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "toban.anchors"


def numbers(path: Path) -> list[int]:
    return [anchor.number for anchor in Anchors(path).read()]


def test_an_anchor_is_read_back_as_it_was_written(path: Path) -> None:
    Anchors(path).keep(FIRST, START)
    assert Anchors(path).read() == (Anchor(1, "a" * 64, "2026-11-01T01:00:00+00:00"),)


def test_a_second_one_waits_for_a_minute(path: Path) -> None:
    anchors = Anchors(path)
    wrote = [
        anchors.keep(FIRST, START),
        anchors.keep(SECOND, START + timedelta(seconds=59)),
        anchors.keep(SECOND, START + timedelta(seconds=60)),
    ]
    assert wrote == [True, False, True]
    assert numbers(path) == [1, 2]


def test_at_the_end_it_is_written_at_once(path: Path) -> None:
    anchors = Anchors(path)
    anchors.keep(FIRST, START)
    anchors.keep(SECOND, START, now=True)
    assert numbers(path) == [1, 2]


def test_nothing_new_is_not_written_again(path: Path) -> None:
    anchors = Anchors(path)
    anchors.keep(FIRST, START)
    assert not anchors.keep(FIRST, START + timedelta(hours=1), now=True)
    assert not anchors.keep(None, START + timedelta(hours=1), now=True)
    assert numbers(path) == [1]


def test_a_line_cut_short_by_a_crash_spoils_no_other(path: Path) -> None:
    Anchors(path).keep(FIRST, START)
    with path.open("a") as file:
        file.write('{"number": 7, "ha')
    Anchors(path).keep(SECOND, START)
    assert numbers(path) == [1, 2]


def test_only_the_owner_may_read_the_file(path: Path) -> None:
    Anchors(path).keep(FIRST, START)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_log_line_carries_the_same(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "toban.audit"):
        Anchors(path).keep(FIRST, START)
    (record,) = caplog.records
    assert record.getMessage() == f"the audit log is sealed up to 1: {'a' * 64}"
    assert record.__dict__["action"] == "audit-anchor"
    assert record.__dict__["hash"] == "a" * 64


def test_no_file_means_no_anchors(path: Path) -> None:
    assert Anchors(path).read() == ()
