"""The real bot as a container has it: a user that is nobody, a read-only root, one folder to write in."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.deployment.files import ASK
from playground.aws.server import LocalAws
from playground.slack.server import LocalSlack
from tests.bench.environment import CONFIG, OPERATOR, aws
from tests.deployment import room
from tests.docs import ROOT

WITHIN = "/mnt"
BOT = (sys.executable, "-m", "bot", "run")
pytestmark = pytest.mark.skipif(not room.can_be_made(), reason="needs root, to bind a root that is read-only")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
    return found


@contextmanager
def running(
    tmp_path: Path, slack: LocalSlack, local: LocalAws, port: int
) -> Iterator["subprocess.Popen[bytes]"]:
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "toban.toml").write_text(f'{CONFIG}\n[health]\nlisten = "127.0.0.1:{port}"\n', encoding="utf-8")
    variables = {
        **aws(local.url),
        "PATH": os.environ["PATH"],
        "HOME": WITHIN,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "TOBAN_CONFIG": f"{WITHIN}/toban.toml",
        "TOBAN_DATABASE_URL": f"sqlite:///{WITHIN}/toban.db",
    }
    process = room.started(BOT, folder, WITHIN, variables, tmp_path / "log")
    try:
        slack.wait_until(lambda: process.poll() is not None or slack.socket.connections == 2, 60)
        assert process.poll() is None, (tmp_path / "log").read_text(encoding="utf-8")
        yield process
    finally:
        process.kill()
        process.wait()


def status(process: "subprocess.Popen[bytes]") -> dict[str, str]:
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_it_answers_is_healthy_and_ends_when_asked_to(tmp_path: Path) -> None:
    port = free_port()
    ask = [sys.executable, "-c", ASK.replace("8085", str(port))]
    with LocalSlack() as slack, LocalAws() as local, running(tmp_path, slack, local, port) as process:
        about = status(process)
        assert about["Uid"].split() == [room.UID] * 4
        assert (about["NoNewPrivs"], int(about["CapEff"], 16), int(about["CapBnd"], 16)) == ("1", 0, 0)
        mounts = Path(f"/proc/{process.pid}/mountinfo").read_text(encoding="utf-8").splitlines()
        (root,) = [one.split()[5] for one in mounts if one.split()[4] == "/"]
        assert "ro" in root.split(",")
        assert slack.as_person(OPERATOR).types("C0OPS", "/toban whoami").acked
        assert "ec2" in slack.wait_for_ephemeral("C0OPS", OPERATOR, timeout=30).text
        assert subprocess.run(ask, check=False).returncode == 0
        process.terminate()
        assert process.wait(30) == 0
        assert subprocess.run(ask, check=False, capture_output=True).returncode == 1
    state = {one.name for one in (tmp_path / "state").iterdir()}
    assert {"toban.db", "toban.audit-key"} <= state
    said = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert {"health.green", "stopping"} <= {line.get("action") for line in said}
    assert [line for line in said if line["level"] == "error"] == []
