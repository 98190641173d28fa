"""The whole is watched from outside: green, red with a reason, and green again; and what it counts."""

import json
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bot.slack.hearing import Watch
from playground.aws.server import LocalAws
from tests.scenarios.given import SECOND, run_instances
from tests.scenarios.whole import Whole, the_whole

CLOSELY = Watch(ping_every=1.0, silence=2.5, look_every=0.2)  # slack_sdk's own rule takes at least 4 s


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
    return found


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Whole]:
    monkeypatch.setattr("bot.slack.connection.WATCH", CLOSELY)
    monkeypatch.setattr("bot.health.pages.FRESH", 0.0)
    with the_whole(local_aws, tmp_path, config=f'\n[health]\nlisten = "127.0.0.1:{port}"\n') as there:
        yield there


def get(port: int, path: str) -> tuple[int, str]:
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    asking.request("GET", path)
    answer = asking.getresponse()
    told = answer.status, answer.read().decode()
    asking.close()
    return told


def reasons(port: int) -> str:
    """Why it is red; "" when it is green."""
    status, page = get(port, "/healthz")
    told = "; ".join(json.loads(page)["reasons"])
    assert (status == 200) is (told == "")
    return told


def test_deaf_sockets_are_red_then_replaced_and_the_next_click_is_heard(whole: Whole, port: int) -> None:
    assert reasons(port) == ""
    whole.slack.faults.answer("apps.connections.open", status=500, times=1000)
    whole.slack.socket.hush()
    whole.until(lambda: "of 2 sockets heard nothing" in reasons(port))
    whole.slack.faults.clear()
    whole.until(lambda: reasons(port) == "" and whole.slack.socket.connections == 2, timeout=20)
    for _ in range(4):  # each socket has its turn
        whole.asks("/ec2 list")


def test_without_slack_it_is_red(whole: Whole, port: int) -> None:
    whole.slack.faults.answer("apps.connections.open", status=500, times=1000)
    whole.slack.socket.drop()
    whole.until(lambda: "no socket is connected to Slack" in reasons(port))
    whole.slack.faults.clear()
    whole.until(lambda: reasons(port) == "", timeout=20)


def test_a_message_that_slack_does_not_take_for_a_minute_is_red(whole: Whole, port: int) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    whole.slack.faults.answer("chat.postMessage", status=500, times=1000)
    whole.asks("/ec2 stop tag:env=prod")
    whole.until(lambda: whole.rows("select count(*) from outbox where tries > 0") != [(0,)])
    assert reasons(port) == ""
    whole.time.push(seconds=61)
    whole.until(lambda: "outbox: a message for Slack waits for" in reasons(port))
    whole.slack.faults.clear()
    whole.time.push(seconds=120)
    whole.until(lambda: reasons(port) == "")


def test_what_was_done_is_counted_and_no_secret_and_no_name_is_shown(whole: Whole, port: int) -> None:
    (one,) = run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting")
    assert "\ntoban_approvals_pending 1\n" in get(port, "/metrics")[1]
    whole.clicks(card, SECOND)
    whole.ended(number)
    page = get(port, "/metrics")[1] + get(port, "/healthz")[1]
    assert 'toban_aws_requests_total{service="ec2",call="StopInstances",became="ok"} 1\n' in page
    assert "\ntoban_ack_seconds_count 2\n" in page  # the command's, and the click's
    assert "\ntoban_approvals_pending 0\n" in page
    names = (one, "env", "prod", "U0SATO", "111111111111")
    assert [each for each in (whole.slack.bot_token, whole.slack.app_token, *names) if each in page] == []


def test_a_database_that_is_held_by_somebody_else_is_red_and_says_so_within_seconds(
    whole: Whole, port: int
) -> None:
    with closing(sqlite3.connect(whole.folder / "toban.db", isolation_level=None)) as held:
        held.execute("begin immediate")
        assert "database: the database does not answer" in reasons(port)
        assert "toban_operations" not in get(port, "/metrics")[1]
        held.execute("rollback")
    whole.until(lambda: reasons(port) == "")
