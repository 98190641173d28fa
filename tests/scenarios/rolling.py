"""Replicas of two versions on one database, and people who go on asking and clicking meanwhile."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.operation import ENDS, State
from playground.slack.message import Message
from tests.scenarios.given import ENGLISH, FIFTH, OPERATOR, SECOND
from tests.scenarios.whole import Whole

Process = subprocess.Popen[bytes]
SIXTY_SECONDS = 60
STOP = "ec2 stop %"


class Replicas:
    """Processes, each of the version whose tree it was started from."""

    def __init__(self, whole: Whole, stack: ExitStack) -> None:
        self._whole, self._stack = whole, stack
        self._live: list[Process] = []

    def start(self, tree: Path) -> Process:
        """Start one; returns once Slack knows both its sockets."""
        made = self.begin(tree)
        self._live.append(made)
        self._whole.slack.socket.wait_for_connections(2 * len(self._live), timeout=SIXTY_SECONDS)
        return made

    def begin(self, tree: Path) -> Process:
        """Start one that may refuse to."""
        environ = {**os.environ, **self._whole.environ, "TOBAN_LOG": "ERROR", "PYTHONPATH": str(tree)}
        made = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=environ, cwd=self._whole.folder, stderr=subprocess.PIPE
        )
        self._stack.callback(made.communicate)
        self._stack.callback(made.kill)
        return made

    def stop(self, one: Process) -> None:
        """End one in order, as a deployment does; returns once it has."""
        one.send_signal(signal.SIGTERM)
        assert one.wait(2 * SIXTY_SECONDS) == 0
        self._live.remove(one)


class Load:
    """People who ask and click all the time; what they were told is kept."""

    def __init__(self, whole: Whole, free: int, guarded: int) -> None:
        self._whole = whole
        self._free = iter(range(free))  # machines that anybody may stop
        self._guarded = iter(range(guarded))  # those of which a colleague must agree
        self._over = threading.Event()
        self._threads = [threading.Thread(target=each) for each in (self._ask, self._look, self._agree)]
        self.counts: Counter[str] = Counter()
        self.taken: list[str] = []  # asks that were acknowledged, by their keys
        self.refused: list[str] = []
        self.failed: list[BaseException] = []

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(2 * SIXTY_SECONDS)

    def go_on(self, seconds: float) -> None:
        """Let so much time pass."""
        time.sleep(seconds)

    def _ask(self) -> None:
        for turn in count():
            if self._over.wait(0.7):
                return
            number = next(self._free, None) if turn % 3 == 0 else None
            self._type("/ec2 list" if number is None else f"/ec2 stop tag:env=f{number}", OPERATOR)

    def _look(self) -> None:
        while not self._over.wait(0.3):
            self._type("/toban pending", FIFTH)

    def _agree(self) -> None:
        for number in self._guarded:
            if self._over.wait(2):
                return
            try:
                self._ask_and_agree(number)
            except TimeoutError as error:
                self.failed.append(error)

    def _ask_and_agree(self, number: int) -> None:
        """A click counts as taken when it was acknowledged and the approval is a row."""
        line, whole = f"/ec2 stop tag:team=g{number}", self._whole
        if key := self._type(line, OPERATOR):
            asked = whole.number(key)
            told = whole.slack.as_person(SECOND).clicks(self._card(asked), "toban.approve")
            self._count("clicks", line, refused=told.shown or ("" if told.acked else told.why))
            agreed = "select 1 from approvals where operation = ?"
            whole.until(lambda: bool(whole.rows(agreed, asked)), SIXTY_SECONDS)

    def _card(self, asked: int) -> Message:
        sent = "select channel from outbox where operation = ? and kind = 'card' and ts <> ''"
        self._whole.until(lambda: bool(self._whole.rows(sent, asked)), SIXTY_SECONDS)
        return self._whole.card(asked, "waiting for approval")

    def _type(self, line: str, person: str) -> str:
        told = self._whole.slack.as_person(person).types(ENGLISH, line)
        key = f"slash:{told.payload['trigger_id']}"
        refused = told.shown or ("" if told.acked else told.why)
        self._count("commands", line, refused=refused)
        if not refused:
            self.taken.append(key)
        return "" if refused else key

    def _count(self, what: str, which: str, *, refused: str) -> None:
        self.counts[what] += 1
        if refused:
            self.refused.append(f"{which}: {refused}")


def judged(whole: Whole, load: Load) -> dict[str, int]:
    """What became of it all, once all has ended."""
    try:
        whole.until(lambda: _all_ended(whole), 2 * SIXTY_SECONDS)
    except TimeoutError:
        pytest.fail(f"they do not end: {_left(whole)}")
    keys = {key for (key,) in whole.rows("select key from asks")}
    stops = "select count(*) from asks join operations on operations.id = asks.id where line like ?"
    twice = "select count(*) from (select operation, resource from audit where event = ?"
    twice += " group by 1, 2 having count(*) > 1) as these"
    letters = whole.letters()
    posted = "select count(*) from outbox where ts <> ''"
    return {
        **load.counts,
        "refused": len(load.refused),
        "acknowledged and lost": len(set(load.taken) - keys),
        "machines to stop": _count(whole, stops, STOP),
        "of these done": _count(whole, f"{stops} and state = 'done'", STOP),
        "calls to AWS that stop one": whole.aws.control.count("StopInstances"),
        "intended twice": _count(whole, twice, "step.intended"),
        "ended twice": _count(whole, twice, "step.ended"),
        "messages in channels": len(letters),
        "messages missing": _count(whole, posted) - len(set(letters)),
        "messages twice": len(letters) - len(set(letters)),
    }


def _count(whole: Whole, query: str, *values: object) -> int:
    ((number,),) = whole.rows(query, *values)
    return int(number)


def _left(whole: Whole) -> list[tuple[Any, ...]]:
    going = "select id, line, state, wake, lease_owner, lease_until from asks join operations using (id)"
    unsent = "select id, key, kind, next_try, tries, error from outbox where next_try is not null"
    ends = [*ENDS, State.ANSWERED]
    return [row for row in whole.rows(going) if row[2] not in ends] + whole.rows(unsent)


def _all_ended(whole: Whole) -> bool:
    states = {State(state) for (state,) in whole.rows("select distinct state from operations")}
    return states <= ENDS | {State.ANSWERED} and whole.all_sent()
