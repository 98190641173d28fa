"""The bot's process, with another program in its place."""

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.page.bot_process import BotProcess, Doing

SLEEPS = (sys.executable, "-c", "import time; print('awake', flush=True); time.sleep(60)")
ENDS = (sys.executable, "-c", "raise SystemExit(2)")


@pytest.fixture
def process(tmp_path: Path) -> Iterator[BotProcess]:
    process = BotProcess(tmp_path, SLEEPS)
    yield process
    process.end(patience=2)


def ends(process: BotProcess) -> Doing:
    deadline = time.monotonic() + 10
    while process.pid is not None and time.monotonic() < deadline:
        time.sleep(0.01)
    return process.doing(0)


def test_it_is_starting_until_it_is_connected(process: BotProcess) -> None:
    assert process.doing(0) is Doing.WAITING
    process.start()
    assert process.doing(0) is Doing.STARTING
    assert process.doing(1) is Doing.RUNNING


def test_stopping_and_killing_are_told_apart(process: BotProcess) -> None:
    process.start()
    process.stop()
    assert ends(process) is Doing.STOPPED
    assert process.code == -signal.SIGTERM
    process.start()
    process.kill()
    assert ends(process) is Doing.KILLED
    assert process.code == -signal.SIGKILL


def test_ending_by_itself_is_a_failure_with_its_code(tmp_path: Path) -> None:
    process = BotProcess(tmp_path, ENDS)
    process.start()
    assert ends(process) is Doing.FAILED
    assert process.code == 2


def test_starting_twice_makes_one(process: BotProcess) -> None:
    process.start()
    first = process.pid
    process.start()
    assert process.pid == first


def test_what_it_wrote_can_be_read_and_forgotten(process: BotProcess) -> None:
    process.start()
    deadline = time.monotonic() + 10
    while not process.last_lines() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.last_lines() == ["awake\n"]
    process.end()
    process.forget()
    assert process.last_lines() == []
