"""A front and workers on one PostgreSQL: who hears, who works, and what is said while nobody works."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from tests.new_database import put_on
from tests.postgres import Server
from tests.scenarios.given import SECOND, instances, run_instances
from tests.scenarios.whole import Whole, the_whole

Start = Callable[[str], "subprocess.Popen[bytes]"]


def reasons(port: int) -> str:
    """Why a process is red; "" when it is green."""
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    asking.request("GET", "/healthz")
    told = json.loads(asking.getresponse().read())
    asking.close()
    return "; ".join(told["reasons"])


@pytest.fixture
def whole(
    local_aws: LocalAws, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Whole]:
    monkeypatch.chdir(tmp_path)  # where their anchors lie
    put_on(postgres, tmp_path)
    with the_whole(local_aws, tmp_path, running=False) as there:
        yield there


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
    return found


@pytest.fixture
def start(whole: Whole, port: int) -> Iterator[Start]:
    """Starts a process of toban with a role; the front answers a monitor."""
    watched, config = whole.folder / "front.toml", whole.folder / "toban.toml"
    watched.write_text(f'{config.read_text("utf-8")}\n[health]\nlisten = "127.0.0.1:{port}"\n', "utf-8")
    with ExitStack() as stack:

        def begun(role: str) -> "subprocess.Popen[bytes]":
            environ = {**os.environ, **whole.environ, "TOBAN_LOG": "WARNING"}
            if role == "worker":
                del environ["SLACK_APP_TOKEN"]
            else:
                environ["TOBAN_CONFIG"] = str(watched)
            made = subprocess.Popen([sys.executable, "-m", "bot", "run", "--role", role], env=environ)
            stack.callback(made.wait, 30)
            stack.callback(made.kill)
            return made

        yield begun


@pytest.mark.timeout(180)
def test_a_front_hears_and_workers_work_and_when_one_is_killed_the_other_goes_on(
    whole: Whole, start: Start, port: int
) -> None:
    run_instances(whole.aws, "prod", 2, env="prod")
    front = start("front")
    whole.slack.socket.wait_for_connections(2, timeout=60)
    told = whole.types("/ec2 stop tag:env=prod")
    assert "toban run --role worker" in told.shown
    number = whole.number(f"slash:{told.payload['trigger_id']}")
    assert "workers: no worker lives" in reasons(port)
    workers = [start("worker"), start("worker")]
    card = whole.card(number, "waiting for approval")
    assert whole.slack.socket.connections == 2
    whole.until(lambda: reasons(port) == "")
    on_duty = "select value from flags where name = 'duty'"
    ((owner,),) = whole.rows(on_duty)
    assert str(front.pid) not in str(owner).split(":")
    whole.aws.control.instances_take(stop=3600)
    assert "carried out now" in whole.clicks(card, SECOND)
    whole.until(lambda: set(instances(whole.aws, "prod").values()) == {"stopping"}, 30)
    whole.until(lambda: whole.rows("select count(*) from waits") == [(2,)])
    next(one for one in workers if f":{one.pid}:" in str(owner)).send_signal(signal.SIGKILL)
    whole.aws.control.advance(3601)
    assert whole.ended(number, timeout=60) == [State.DONE]
    assert whole.letters() == sorted(set(whole.letters()))
    assert whole.rows("select count(*) from audit where event = 'step.intended'") == [(2,)]
