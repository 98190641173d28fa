"""The console script as people run it: its exit code, and what it says."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import commands
from bot.__main__ import main
from bot.slack.manifest import manifest
from playground.aws.server import LocalAws
from tests.house import House, house

ACCOUNT, TOKYO = "123456789012", "ap-northeast-1"
CONFIG = f"""
zone = "Asia/Tokyo"
[accounts.dev]
id = "{ACCOUNT}"
regions = ["{TOKYO}"]
[groups]
operators = ["U0SATO"]
approvers = ["U0SUZUKI"]
"""
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-for-a-test", "SLACK_APP_TOKEN": "xapp-for-a-test"}


@pytest.fixture(scope="module")
def one_local_aws() -> Iterator[LocalAws]:
    with LocalAws() as local:
        yield local


@pytest.fixture
def environment(one_local_aws: LocalAws, tmp_path: Path) -> dict[str, str]:
    """The settings of a team, for a child process; only `run` speaks Slack, and needs its tokens."""
    one_local_aws.reset()
    (tmp_path / "toban.toml").write_text(CONFIG, encoding="utf-8")
    return {
        **one_local_aws.environment(ACCOUNT, TOKYO),
        "TOBAN_CONFIG": str(tmp_path / "toban.toml"),
        "TOBAN_DATABASE_URL": f"sqlite:///{tmp_path}/toban.db",
    }


@pytest.fixture
def instances(one_local_aws: LocalAws, environment: Mapping[str, str]) -> tuple[str, ...]:
    tags = [{"ResourceType": "instance", "Tags": [{"Key": "env", "Value": "prod"}]}]
    made = one_local_aws.client("ec2", ACCOUNT, TOKYO).run_instances(
        ImageId="ami-12c6146b", MinCount=2, MaxCount=2, TagSpecifications=tags
    )
    return tuple(sorted(one["InstanceId"] for one in made["Instances"]))


@dataclass(frozen=True)
class Answer:
    """What the console script left behind."""

    returncode: int
    stdout: str
    stderr: str


def toban(environment: Mapping[str, str], *words: str) -> Answer:
    """Call the console script in this process: a second one takes a second to import what it needs."""
    done = CliRunner().invoke(main, words, env=dict(environment))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Answer(done.exit_code, done.stdout, done.stderr)


def process(environment: Mapping[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the console script as people do, in a process of its own; `run` sets up the logs of its process."""
    given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env={**given, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# -- settings ----------------------------------------------------------------------------------------


def test_everything_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    answer = process({"TOBAN_CONFIG": str(tmp_path / "none.toml"), "TOBAN_AUDIT_KEY": "short"}, "run")
    assert answer.returncode == 2
    lines = answer.stderr.splitlines()
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "TOBAN_AUDIT_KEY", "none.toml"):
        assert [line for line in lines if name in line], name
    assert "Traceback" not in answer.stderr


def test_a_secret_that_is_wrong_is_not_shown(environment: Mapping[str, str]) -> None:
    answer = process({**environment, **TOKENS, "SLACK_BOT_TOKEN": "xoxp-my-secret"}, "run")
    assert answer.returncode == 2
    assert "SLACK_BOT_TOKEN" in answer.stderr
    assert "my-secret" not in answer.stderr + answer.stdout


def test_a_schedule_that_does_not_parse_stops_the_start_with_its_name(
    environment: Mapping[str, str],
) -> None:
    config = Path(environment["TOBAN_CONFIG"])
    config.write_text(
        f'{CONFIG}\n[schedules.nightly]\nline = "snapshot crate all"\ndays = "daily"\ntime = "01:00"\n'
        'channel = "C012OPS"\nowner = "U012SATO"\n',
        encoding="utf-8",
    )
    answer = process({**environment, **TOKENS}, "run")
    assert answer.returncode == 2
    assert "nightly" in answer.stderr
    assert "crate" in answer.stderr


# -- plan --------------------------------------------------------------------------------------------


def test_a_plan_for_programs_has_the_exact_targets_and_changes_nothing(
    environment: Mapping[str, str], instances: tuple[str, ...], one_local_aws: LocalAws
) -> None:
    one_local_aws.control.log.clear()
    answer = process(environment, "plan", "ec2 stop tag:env=prod", "--json", "--person", "U0SATO")
    assert answer.returncode == 0, answer.stderr
    plan = json.loads(answer.stdout)
    assert plan["summary"] == "stop 2 of 2 instances"
    assert (plan["allowed"], plan["approvals"]) == (True, 1)
    assert len(plan["hash"]) == 64
    assert sorted(step["target"] for step in plan["steps"]) == list(instances)
    assert {step["action"] for step in plan["steps"]} == {"ec2.stop"}
    assert all(step["before"] != step["after"] for step in plan["steps"])
    called = {call.action for call in one_local_aws.control.calls()}
    assert [action for action in called if not action.startswith("Describe")] == []
    assert not Path(environment["TOBAN_DATABASE_URL"].removeprefix("sqlite:///")).exists()


def test_the_same_plan_has_the_same_hash(environment: Mapping[str, str], instances: tuple[str, ...]) -> None:
    said = [toban(environment, "plan", "/ec2 stop tag:env=prod", "--json").stdout for _ in range(2)]
    assert json.loads(said[0])["hash"] == json.loads(said[1])["hash"]


def test_a_plan_for_people_reads_line_by_line(
    environment: Mapping[str, str], instances: tuple[str, ...]
) -> None:
    answer = toban(environment, "plan", "ec2 stop tag:env=prod", "--person", "U0SATO")
    assert answer.returncode == 0
    lines = answer.stdout.splitlines()
    assert lines[:2] == ["/ec2 stop tag:env=prod", "stop 2 of 2 instances"]
    assert all(
        any(one in line and "state=running -> state=stopped" in line for line in lines) for one in instances
    )


def test_a_line_that_means_nothing_is_answered_with_what_would_be_right(
    environment: Mapping[str, str],
) -> None:
    answer = toban(environment, "plan", "ec2 stpo all")
    assert answer.returncode == 2
    assert "stop" in answer.stderr
    assert "Traceback" not in answer.stderr


# -- the audit log -----------------------------------------------------------------------------------


@pytest.fixture
def told(environment: Mapping[str, str], tmp_path: Path) -> Iterator[House]:
    """A bot that has answered a question, and still runs beside the console script."""
    with house(tmp_path, []) as there:
        there.asked("/toban pending")
        yield there


def test_the_log_is_searched_beside_a_bot_that_runs(environment: Mapping[str, str], told: House) -> None:
    answer = process(environment, "audit", "search", "--person", "U0SATO", "--outcome", "answered")
    assert answer.returncode == 0, answer.stderr
    (line,) = [json.loads(line) for line in answer.stdout.splitlines()]
    assert (line["event"], line["operation"]) == ("operation.ended", 1)


def test_the_log_is_exported_oldest_first(environment: Mapping[str, str], told: House) -> None:
    jsonl = toban(environment, "audit", "export").stdout.splitlines()
    assert [json.loads(line)["event"] for line in jsonl] == ["operation.asked", "operation.ended"]
    csv = toban(environment, "audit", "export", "--format", "csv").stdout.splitlines()
    assert len(csv) == 3


def test_a_log_that_is_whole_is_said_to_be(environment: Mapping[str, str], told: House) -> None:
    answer = toban({**environment, "TOBAN_AUDIT_KEY": "k" * 32}, "audit", "verify")
    assert answer.returncode == 0, answer.stderr
    assert "of 2 lines" in answer.stdout


def test_without_a_database_there_is_nothing_to_search(environment: Mapping[str, str]) -> None:
    answer = toban(environment, "audit", "search")
    assert answer.returncode == 2
    assert "there is no database" in answer.stderr


# -- the manifest ------------------------------------------------------------------------------------


def test_the_manifest_is_printed_without_any_settings() -> None:
    answer = process({}, "manifest")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == manifest(commands.load())


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["audit", "--help"], ["plan", "--help"]])
def test_help_needs_nothing(words: list[str]) -> None:
    answer = toban({}, *words)
    assert answer.returncode == 0
    assert "Usage:" in answer.stdout
