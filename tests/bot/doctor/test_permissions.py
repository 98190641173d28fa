"""What `toban iam-policy` prints is enough for the doctor, and whatever is taken away from it is named.

IAM's simulation is canned: a small reading of the documents, which knows resources with stars, and of
conditions only which keys they speak of.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

import pytest

from aws.account import AccountConfig
from bot.doctor import permissions
from bot.doctor.finding import Finding, Health
from bot.doctor.in_use import InUse
from bot.iam.asked import Wish, policies
from bot.settings import Settings
from tests.bot.doctor.conftest import Setup, only
from tests.canned import ACCOUNT_ID, ROLE, TOKYO, CannedAccounts

GIVEN = frozenset({"aws:RequestedRegion"})


def in_tokyo(setup: Setup) -> Settings:
    """The playground's settings, for the one account whose answers are canned."""
    given = setup.patient.settings
    account = AccountConfig(TOKYO.account, ACCOUNT_ID, (TOKYO.region,), ROLE)
    queue = replace(
        given.queues[0],
        account=TOKYO.account,
        url=f"https://sqs.{TOKYO.region}.amazonaws.com/{ACCOUNT_ID}/toban",
        dead_letters="",
    )
    return replace(given, accounts=(account,), queues=(queue,), schedules=())


def listed(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]  # JSON


def verdict(statements: Sequence[Mapping[str, Any]], action: str, resource: str) -> dict[str, Any]:
    """What IAM would say of one action on one resource."""
    fitting = [
        set().union(*one.get("Condition", {}).values()) - GIVEN
        for one in statements
        if action in listed(one["Action"])
        and any(fnmatchcase(resource, pattern) for pattern in listed(one["Resource"]))
    ]
    if set() in fitting:
        return {"EvalActionName": action, "EvalDecision": "allowed"}
    missing = sorted(set().union(*fitting))
    return {"EvalActionName": action, "EvalDecision": "implicitDeny", "MissingContextValues": missing}


def looked(settings: Settings, without: str = "") -> list[Finding]:
    """With all that `toban iam-policy` prints for the account, but one action."""
    papers = policies(settings, Wish()).documents
    statements = [
        {**one, "Action": [action for action in listed(one["Action"]) if action != without]}
        for name, paper in papers.items()
        if name.startswith(f"toban-{TOKYO.account}")
        for one in paper["Statement"]
    ]

    def answer(asked: Mapping[str, Any]) -> Mapping[str, Any]:
        names = (value for key, value in asked.items() if key.startswith("ActionNames."))
        resource = asked["ResourceArns.member.1"]
        return {"EvaluationResults": [verdict(statements, name, resource) for name in names]}

    with closing(CannedAccounts({"iam.SimulatePrincipalPolicy": answer})) as aws:
        return list(permissions.look(aws, settings, settings.accounts[0], InUse(settings)))


def test_what_iam_policy_prints_is_enough(setup: Setup) -> None:
    only(looked(in_tokyo(setup)), Health.OK)


SOME = (
    *("ec2:DescribeInstances", "ec2:StopInstances", "ec2:CreateTags", "rds:StopDBInstance"),
    *("sqs:ReceiveMessage", "iam:PassRole", "ssm:SendCommand", "cloudwatch:PutMetricAlarm"),
)


@pytest.mark.parametrize("action", SOME)
def test_what_is_taken_away_from_it_is_named_and_nothing_else(setup: Setup, action: str) -> None:
    found = only(looked(in_tokyo(setup), without=action), Health.FAILED)
    assert found.what == f"The role in {TOKYO.account} lacks {action}."
    assert f"toban iam-policy --account {TOKYO.account}" in found.do
