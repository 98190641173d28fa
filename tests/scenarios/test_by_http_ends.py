"""A process that Slack comes to by HTTP is asked to stop: each acknowledgement it gave is a row."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from playground.aws.server import LocalAws
from playground.slack.office import Outcome
from tests.scenarios.given import ENGLISH, OPERATOR
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, running=False, by_http=True) as there:
        yield there


@contextmanager
def running(whole: Whole) -> Iterator["subprocess.Popen[str]"]:
    """The bot as users run it, once it takes what is typed."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        env={**os.environ, **whole.environ, "TOBAN_LOG": "INFO"},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            person = whole.slack.as_person(OPERATOR)
            whole.until(lambda: person.types(ENGLISH, "/toban whoami").acked, timeout=30)
            yield process
        finally:
            process.kill()


def test_commands_that_come_while_it_stops_are_acknowledged_and_kept_or_refused(whole: Whole) -> None:
    with running(whole) as process, ThreadPoolExecutor(8) as crowd:
        stopped: list[Outcome] = []

        def types_until_nobody_answers() -> None:
            person = whole.slack.as_person(OPERATOR)
            for _ in range(2000):
                told = person.types(ENGLISH, "/ec2 list")
                stopped.append(told)
                if not told.acked:
                    return

        typing = [crowd.submit(types_until_nobody_answers) for _ in range(8)]
        whole.until(lambda: len(stopped) > 40, timeout=30)
        process.send_signal(signal.SIGTERM)
        for each in typing:
            each.result(60)
        assert process.wait(30) == 0
        log = process.stderr.read() if process.stderr else ""
    acked = {f"slash:{told.payload['trigger_id']}" for told in stopped if told.acked}
    kept = {key for (key,) in whole.rows("select key from asks")}
    assert len(acked) >= 40
    assert acked - kept == set()
    assert {told.why for told in stopped if not told.acked} <= {"dispatch_failed", "http_error"}
    assert "Traceback" not in log
    assert '"action": "stopping"' in log
