"""The role by which AWS puts back what toban broke: the calls that are prepared, and no more."""

import ast
import json
import re

import boto3
import pytest
from cfnlint import lint
from moto import mock_aws

from bot.deployment.timers import WAYS_BACK
from bot.settings import Settings
from tests.bot.deployment.given import ALIKE, PROD, TIMERS, made, settings
from tests.docs import ROOT


def prepared() -> set[str]:
    """service:operation of each call that some change prepares for EventBridge Scheduler."""
    trees = [
        ast.parse(one.read_text(encoding="utf-8")) for one in (ROOT / "commands" / "changes").glob("*.py")
    ]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [one.args for one in calls if isinstance(one.func, ast.Name) and one.func.id == "Prepared"]
    named = [[each.value for each in args[:2] if isinstance(each, ast.Constant)] for args in found]
    return {":".join(map(str, one)) for one in named if len(one) == 2}


def test_its_rights_are_the_calls_that_are_prepared() -> None:
    assert set(WAYS_BACK) == prepared()


def test_docs_name_the_same() -> None:
    page = (ROOT / "docs" / "failure-tests.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```json\n(\{.*?\})\n```", page, re.DOTALL)
    assert sorted(json.loads(shown)["Action"]) == sorted(WAYS_BACK)


def test_accounts_without_one_get_none() -> None:
    assert "TimerRole" not in made(ALIKE).texts["member.yaml"]


def test_it_is_made_as_the_config_names_it_and_only_scheduler_takes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    monkeypatch.setenv("MOTO_ACCOUNT_ID", PROD)
    text = made(TIMERS).texts["member.yaml"]
    assert [one.message for one in lint(text)] == []
    with mock_aws():
        makes = boto3.client("cloudformation", "ap-northeast-1")
        makes.create_stack(StackName="m", TemplateBody=text, Capabilities=["CAPABILITY_NAMED_IAM"])
        found = boto3.client("iam", "ap-northeast-1").get_role(RoleName="toban-timer")["Role"]
        named: Settings = settings(TIMERS)
        assert found["Arn"] == named.accounts[0].timer_role
        trust = json.dumps(found["AssumeRolePolicyDocument"])
    assert '{"Service": "scheduler.amazonaws.com"}' in trust
    assert PROD in trust
    assert set(
        re.findall(r'"(\w+:\w+)"', text.partition("TimerPolicy1:")[2].partition("Forwarder:")[0])
    ) >= set(WAYS_BACK)
