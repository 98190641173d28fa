"""The bot's process dies, or is asked to stop: what it acknowledged is there, and old messages end."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from playground.slack.office import Outcome
from tests.scenarios.given import OPERATOR, SECOND, instances, run_instances
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, running=False) as there:
        yield there


Process = subprocess.Popen[bytes]


@contextmanager
def running(whole: Whole) -> Iterator[Process]:
    """The bot as a process of its own, as users run it; killed at the end if it still runs."""
    heard = len(whole.slack.wire.lines("users.info", way="in"))
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        env={**os.environ, **whole.environ, "TOBAN_LOG": "ERROR"},
    ) as process:
        try:
            whole.slack.socket.wait_for_connections(2, timeout=20)
            # it asks for people's languages once it knows who is in which group
            whole.until(lambda: len(whole.slack.wire.lines("users.info", way="in")) > heard)
            yield process
        finally:
            process.kill()


def kill(whole: Whole, process: Process) -> None:
    """kill -9, and wait until Slack has noticed."""
    process.send_signal(signal.SIGKILL)
    process.wait(5)
    whole.until(lambda: whole.slack.socket.connections == 0)


def test_killed_between_plan_and_approval_the_button_works_later(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    with running(whole) as process:
        number = whole.asks("/ec2 stop tag:env=prod")
        card = whole.card(number, "waiting for approval")
        kill(whole, process)
    lost = whole.slack.as_person(SECOND).clicks(card, "toban.approve")
    assert not lost.acked
    assert "trouble" in lost.shown

    with running(whole):
        assert "It is carried out now" in whole.clicks(card, SECOND)
        assert whole.ended(number) == [State.DONE]
        assert whole.card(number, "done").ts == card.ts
    assert whole.rows("select person from approvals") == [(SECOND,)]
    assert whole.aws.control.count("StopInstances") == 1


def test_killed_between_approval_and_end_the_end_shows_on_the_old_message(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 2, env="prod")
    whole.aws.control.instances_take(stop=None)
    with running(whole) as process:
        number = whole.asks("/ec2 stop tag:env=prod")
        card = whole.card(number, "waiting for approval")
        whole.clicks(card, SECOND)
        whole.until(lambda: whole.aws.control.count("StopInstances") == 1)
        kill(whole, process)
    whole.aws.control.release_instances()

    with running(whole):
        assert whole.ended(number, timeout=15) == [State.DONE]
        assert whole.card(number, "done").ts == card.ts
        assert f"<@{OPERATOR}>" in whole.reply(number, "end").text
    assert len(set(whole.letters())) == len(whole.letters())
    assert set(instances(whole.aws, "prod").values()) == {"stopped"}


def test_asked_to_stop_under_load_it_leaves_nothing_behind_that_it_acknowledged(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 2, env="dev")
    told: list[Outcome] = []

    def types_until_nobody_answers(line: str) -> None:
        while not told or told[-1].acked:
            told.append(whole.slack.as_person(OPERATOR).types("C0OPSPROD", line))

    with running(whole) as process:
        with ThreadPoolExecutor(8) as people:
            for line in ["/ec2 list", "/ec2 stop tag:env=dev", *["/toban pending", "/ec2 list"] * 3]:
                people.submit(types_until_nobody_answers, line)
            whole.until(lambda: len(told) >= 10)
            process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    taken = {f"slash:{one.payload['trigger_id']}" for one in told if one.acked}
    assert 10 <= len(taken) < len(told)
    stored = {key for (key,) in whole.rows("select key from asks")}
    assert taken <= stored

    with running(whole):
        numbers = [number for (number,) in whole.rows("select id from operations")]
        ends = whole.ended(*numbers, timeout=40)
    assert set(ends) <= {State.DONE, State.ANSWERED, State.PARTLY, State.FAILED}
    public = whole.rows("select id from outbox where ts != '' order by id")
    assert whole.letters() == [letter for (letter,) in public]
