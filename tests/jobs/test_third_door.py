"""The third door of one process: its threads, and how they end."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aws.account import AccountConfig
from jobs import context, escalation
from jobs.inbox import Door
from jobs.readings.read import read
from jobs.third_door import ThirdDoor
from playground.aws import saying
from tests.happened import RULE, every
from tests.house import House, house
from tests.jobs.box import MAIN, Box, Boxed, until

ACCOUNT = "123456789012"
Threads = Callable[[], set[str]]


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", ACCOUNT, ("ap-northeast-1",))], rules=(RULE,)) as made:
        yield made


def door(there: House, box: Box, *queues: Any) -> ThirdDoor:
    path = replace(there.path, aws=Boxed(box))
    return ThirdDoor(path, queues, Door(path, (RULE,), {ACCOUNT: "dev"}, read, lambda _: None, ""))


@pytest.fixture
def threads(there: House) -> Threads:
    """The names of the threads that have begun since; another test's receive may outlive it."""
    before = set(threading.enumerate())
    return lambda: {one.name for one in set(threading.enumerate()) - before if one.name != "writer"}


@pytest.fixture
def box(there: House) -> Box:
    made = Box(there.time)
    made.on_receive = lambda: time.sleep(0.005)  # as a long poll waits
    return made


def test_each_queue_has_a_thread_and_two_see_to_what_they_brought(
    there: House, box: Box, threads: Threads
) -> None:
    opened = door(there, box, MAIN, replace(MAIN, name="other"))
    opened.start()
    assert threads() == {"queue main", "queue other", "calls", "context"}
    box.send(saying.cpu_alarm(ACCOUNT, "i-0123456789abcdef0", "web", there.time(), "ALARM"))
    assert until(lambda: len(every(there)) == 1)
    opened.stop()
    assert until(lambda: threads() == set())


def test_without_a_queue_it_stays_shut(there: House, box: Box, threads: Threads) -> None:
    opened = door(there, box)
    opened.start()
    assert threads() == set()
    opened.stop()


def test_who_receives_is_not_waited_for_and_who_takes_in_is(there: House, box: Box, threads: Threads) -> None:
    waits, go_on = threading.Event(), threading.Event()

    def receiving() -> None:
        waits.set()
        go_on.wait(10)

    box.on_receive = receiving
    opened = door(there, box, MAIN)
    opened.start()
    assert waits.wait(5)
    begun = time.monotonic()
    opened.stop()
    assert time.monotonic() - begun < 1.0
    go_on.set()
    assert until(lambda: threads() == set())


def test_a_look_that_fails_stops_neither_the_next_nor_anything_else(
    there: House,
    box: Box,
    threads: Threads,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    looks: list[str] = []

    def failing(*_: object) -> int:
        looks.append("context")
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(escalation, "LOOK_EVERY", escalation.LOOK_EVERY / 1000)
    monkeypatch.setattr(context, "look", failing)
    monkeypatch.setattr(escalation, "look", lambda _path: looks.append("calls"))
    opened = door(there, box, MAIN)
    opened.start()
    assert until(lambda: looks.count("context") >= 2 and looks.count("calls") >= 2)
    opened.stop()
    assert until(lambda: threads() == set())
    assert "a look failed" in caplog.text
