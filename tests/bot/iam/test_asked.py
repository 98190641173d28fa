"""`toban iam-policy` as people run it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from playground.aws.server import LocalAws
from tests.bot.iam.given import CONFIG, DEV, HOME, ROLE

OWN = "arn:aws:iam::333333333333:role/toban"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "toban.toml").write_text(CONFIG, encoding="utf-8")
    return {
        "TOBAN_CONFIG": str(tmp_path / "toban.toml"),
        "TOBAN_DATABASE_URL": f"sqlite:///{tmp_path}/toban.db",
    }


def asked(environment: dict[str, str], *words: str) -> Result:
    """What the console script answers."""
    return CliRunner(env=environment).invoke(main, ["iam-policy", *words])


def actions(document: dict[str, Any]) -> set[str]:
    """Every IAM action of a policy."""
    found = (one["Action"] for one in document["Statement"])
    return {name for each in found for name in ([each] if isinstance(each, str) else each)}


def test_two_verbs_of_one_account_need_little_and_one_document(environment: dict[str, str]) -> None:
    answer = asked(environment, "--verbs", "ec2.stop,asg.list", "--account", "home")
    assert answer.exit_code == 0, answer.stderr
    found = actions(json.loads(answer.stdout))
    assert "ec2:StopInstances" in found
    assert "autoscaling:DescribeAutoScalingGroups" in found
    assert "ec2:StartInstances" not in found
    assert "for toban's own role" in answer.stderr


def test_a_noun_is_all_of_its_verbs(environment: dict[str, str]) -> None:
    answer = asked(environment, "--verbs", "ec2", "--account", "home")
    assert {"ec2:StartInstances", "ec2:StopInstances", "ec2:RebootInstances"} <= actions(
        json.loads(answer.stdout)
    )


def test_all_verbs_are_several_documents_and_it_says_so(environment: dict[str, str]) -> None:
    answer = asked(environment)
    made = json.loads(answer.stdout)
    assert {"toban-dev-1", "toban-dev-2", "toban-home-1", "toban-own"} <= set(made)
    assert "dev: too large for one managed policy; attach all" in answer.stderr
    assert made["toban-own"]["Statement"] == [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": ROLE},
    ]


def test_documents_go_into_files_for_the_aws_cli(environment: dict[str, str], tmp_path: Path) -> None:
    answer = asked(environment, "--verbs", "ec2.stop", "--out", str(tmp_path / "iam"))
    names = [Path(line).name for line in answer.stdout.splitlines()]
    assert names == ["toban-dev.json", "toban-home.json", "toban-own.json"]
    for line in answer.stdout.splitlines():
        assert json.loads(Path(line).read_text(encoding="utf-8"))["Version"] == "2012-10-17"


def test_the_roles_trust_tobans_own_role_with_the_external_id(environment: dict[str, str]) -> None:
    answer = asked(environment, "--trust", "--principal", OWN)
    assert json.loads(answer.stdout)["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"AWS": OWN},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "a long random word"}},
        }
    ]


def test_without_an_external_id_it_says_where_one_is_written(
    environment: dict[str, str], tmp_path: Path
) -> None:
    bare = CONFIG.replace('external_id = "a long random word"\n', "")
    (tmp_path / "toban.toml").write_text(bare, encoding="utf-8")
    answer = asked(environment, "--trust", "--principal", OWN)
    assert "Condition" not in json.loads(answer.stdout)["Statement"][0]
    assert 'write external_id = "…" under [accounts.dev]' in answer.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--verbs", "ec2.stopp"), "There is no verb and no noun “ec2.stopp”. Did you mean ec2.stop"),
        (("--account", "dve"), "The config names no account “dve”. Did you mean dev?"),
        (("--tag", "env"), "“env” is no tag; write it like env=dev."),
        (("--trust", "--principal", f"arn:aws:iam::{HOME}:user/sato"), "which is no role."),
        (("--trust", "--principal", f"arn:aws:iam::{HOME}:root"), "which is no role."),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(
    environment: dict[str, str], words: tuple[str, ...], said: str
) -> None:
    answer = asked(environment, *words)
    assert answer.exit_code == 2
    assert said in answer.stderr


def test_whoever_runs_it_with_lasting_keys_is_told_to_use_a_role(environment: dict[str, str]) -> None:
    with LocalAws() as local:
        answer = asked({**environment, **local.environment(DEV, "ap-northeast-1")}, "--trust")
    assert answer.exit_code == 2, answer.stdout
    assert "Run this as toban's own role" in answer.stderr
