"""Three processes on one PostgreSQL in trouble: killed, paused, cut off; all is done once, none lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain, repeat
from pathlib import Path

import pytest

from bot import cli
from bot.duty import LEASE
from bot.operation import ENDS, State
from bot.settings import load_without_slack
from playground.aws.server import LocalAws
from tests.new_database import put_on
from tests.postgres import Server
from tests.scenarios.given import ENGLISH, OPERATOR, run_instances
from tests.scenarios.whole import Whole, the_whole

CUT = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
SIXTY_SECONDS = 60
MACHINES = 14  # each is stopped once; a channel takes about a message a second


class Replicas:
    """Three processes, and a person who asks all the time."""

    def __init__(self, whole: Whole, stack: ExitStack) -> None:
        self.whole, self._stack = whole, stack
        self.processes = [self._begun() for _ in range(3)]
        whole.slack.socket.wait_for_connections(6, timeout=SIXTY_SECONDS)
        whole.until(lambda: self.on_duty() is not None, 30)
        self.taken: list[str] = []  # what was acknowledged, by its trigger
        self._lines = chain((f"/ec2 stop tag:env=e{n}" for n in range(MACHINES)), repeat("/ec2 list"))

    def _begun(self) -> "subprocess.Popen[bytes]":
        environ = {**os.environ, **self.whole.environ, "TOBAN_LOG": "ERROR"}
        made = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environ)
        self._stack.callback(made.wait, 30)
        self._stack.callback(made.kill)
        return made

    def on_duty(self) -> int | None:
        """Which of them has the duty now."""
        found = self.whole.rows("select value from flags where name = 'duty' and at > now()")
        pids = [int(str(value).split(":")[1]) for (value,) in found]
        return next((n for n, one in enumerate(self.processes) if one.pid in pids), None)

    def ask(self, seconds: float) -> None:
        """Line after line, for so long; one that nobody acknowledged was not taken."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            told = self.whole.slack.as_person(OPERATOR).types(ENGLISH, next(self._lines))
            if told.acked and not told.shown:
                self.taken.append(f"slash:{told.payload['trigger_id']}")
            time.sleep(1)

    def replace(self, number: int) -> None:
        """kill -9, and another one in its place."""
        self.processes[number].kill()
        self.processes[number].wait(10)
        self.processes[number] = self._begun()

    def whoever(self) -> int:
        """The one on duty, once there is one."""
        self.whole.until(lambda: self.on_duty() is not None, 40)
        number = self.on_duty()
        assert number is not None
        return number


@pytest.fixture
def replicas(
    local_aws: LocalAws, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Replicas]:
    monkeypatch.chdir(tmp_path)  # where their anchors lie
    put_on(postgres, tmp_path)
    with the_whole(local_aws, tmp_path, running=False) as whole, ExitStack() as stack:
        yield Replicas(whole, stack)


@pytest.mark.timeout(240)
def test_whatever_happens_to_them_all_is_done_once_and_nothing_is_lost(
    replicas: Replicas, postgres: Server
) -> None:
    whole = replicas.whole
    for n in range(MACHINES):
        run_instances(whole.aws, "dev", 1, env=f"e{n}")
    replicas.ask(3)
    replicas.replace(replicas.whoever())
    replicas.ask(4)
    postgres.run(CUT)
    replicas.ask(4)
    paused = replicas.processes[replicas.whoever()]
    paused.send_signal(signal.SIGSTOP)
    replicas.ask(LEASE.total_seconds() + 3)
    paused.send_signal(signal.SIGCONT)
    replicas.ask(3)

    whole.until(lambda: _all_ended(whole), 1.5 * SIXTY_SECONDS)
    assert len(replicas.taken) > MACHINES
    keys = {key for (key,) in whole.rows("select key from asks")}
    assert set(replicas.taken) <= keys
    twice = "select operation, resource from audit where event = '{}' group by 1, 2 having count(*) > 1"
    for event in ("step.intended", "step.ended"):
        assert whole.rows(twice.format(event)) == []
    letters = whole.letters()
    twice_posted = len(letters) - len(set(letters))
    assert twice_posted <= 1  # the one post that was on its way to Slack when its process was paused
    assert cli.verify(load_without_slack(whole.environ))[0]


def _all_ended(whole: Whole) -> bool:
    states = {State(state) for (state,) in whole.rows("select distinct state from operations")}
    return states <= ENDS | {State.ANSWERED} and whole.all_sent()
