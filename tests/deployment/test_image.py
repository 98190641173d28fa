"""The image, as far as it can be built and run without Docker: TOBAN_IMAGE=1, root, and a package index.

The base image is not shown: this machine's Debian stands in for it (built.py).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.deployment.files import ASK
from playground.__main__ import CONFIG, REGION
from playground.aws.estate import plant
from playground.aws.server import LocalAws
from playground.slack.server import LocalSlack
from tests.bench.environment import OPERATOR
from tests.deployment import built, room

pytestmark = [
    pytest.mark.skipif(
        "TOBAN_IMAGE" not in os.environ, reason="takes minutes, and a package index: TOBAN_IMAGE=1"
    ),
    pytest.mark.skipif(not room.can_be_made(), reason="needs root"),
    pytest.mark.timeout(900),
]
CHANNEL = "C0OPS"


def test_it_is_built_step_by_step_and_runs_on_a_read_only_root(tmp_path: Path) -> None:
    config = tmp_path / "toban.toml"
    text = CONFIG.read_text(encoding="utf-8").replace('policy = "policy.cedar"\n', "")
    config.write_text(f"{text}\n[health]\n", encoding="utf-8")
    log, state = tmp_path / "log", tmp_path / "state"
    with LocalSlack() as slack, LocalAws() as local:
        plant(local)
        tokens = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "TOBAN_AUDIT_KEY": "k" * 32,
        }
        variables = {**local.environment(region=REGION), **tokens, "SLACK_API_URL": slack.api_url}
        process = built.started(tmp_path / "image", config, state, variables, log)
        try:
            slack.wait_until(lambda: process.poll() is not None or slack.socket.connections == 2, 800)
            assert process.poll() is None, log.read_text(encoding="utf-8")[-3000:]
            assert slack.as_person(OPERATOR).types(CHANNEL, "/cost report").acked
            slack.wait_until(
                lambda: bool(slack.workspace.files), 60
            )  # matplotlib wrote its cache to /tmp, and drew
            assert subprocess.run([sys.executable, "-c", ASK], check=False).returncode == 0
            process.terminate()
            assert process.wait(60) == 0
        finally:
            process.kill()
            process.wait()
    said = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    assert [line for line in said if line["level"] == "error"] == []
    assert {one.name for one in state.iterdir()} >= {"toban.db"}
    assert not list(state.rglob("*.pyc"))
