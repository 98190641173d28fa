"""The stacks, made on moto: the roles may do what `toban iam-policy` says, and an event ends in the queue.

moto makes no queue policy, alarm, metric filter, event bus policy, snapshot policy and subscription: of these
only their grammar is held (test_files.py).
"""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from bot.iam.asked import Wish, policies, trusts
from commands.alarm._samples import FOLDER
from tests.bot.deployment.given import ALIKE, PROD, QUEUE, made, settings

REGION = "ap-northeast-1"
CONFIG = ALIKE + QUEUE


@pytest.fixture(scope="module")
def stacks() -> Iterator[Any]:
    """Both of them, in the account where toban runs."""
    with pytest.MonkeyPatch.context() as patch, mock_aws(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Tried to parse .* not supported by moto", UserWarning)
        patch.setenv("AWS_ACCESS_KEY_ID", "local")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "local")
        patch.setenv("MOTO_ACCOUNT_ID", PROD)
        makes = boto3.client("cloudformation", REGION)
        for name, file, given in (("toban", "toban.yaml", {"Tag": "1"}), ("member", "member.yaml", {})):
            parameters = [{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()]
            body = made(CONFIG).texts[file]
            makes.create_stack(
                StackName=name,
                TemplateBody=body,
                Parameters=parameters,
                Capabilities=["CAPABILITY_NAMED_IAM"],
            )
        yield makes


def allowed(role: str) -> list[Any]:
    """The statements of the managed policies of a role."""
    iam = boto3.client("iam", REGION)
    attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    found: Any = [iam.get_policy_version(PolicyArn=one["PolicyArn"], VersionId="v1") for one in attached]
    return [statement for one in found for statement in one["PolicyVersion"]["Document"]["Statement"]]


def said(statements: list[Any]) -> list[str]:
    return sorted(json.dumps(one, sort_keys=True) for one in statements)


def test_both_are_made_whole(stacks: Any) -> None:
    for name in ("toban", "member"):
        assert stacks.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"


def test_the_accounts_role_may_do_exactly_what_the_generator_says(stacks: Any, tmp_path: Path) -> None:
    documents = policies(settings(CONFIG), Wish(accounts=("prod",))).documents
    wanted = [one for name, each in documents.items() if name != "toban-own" for one in each["Statement"]]
    assert len(wanted) > 30
    assert said(allowed("toban")) == said(wanted)


def test_tobans_own_role_may_take_the_others_and_nothing_else(stacks: Any) -> None:
    assert said(allowed("toban-own")) == said(
        policies(settings(CONFIG), Wish()).documents["toban-own"]["Statement"]
    )


def test_only_tobans_own_role_may_take_it_with_the_external_id(stacks: Any) -> None:
    own = next(
        one["OutputValue"]
        for one in stacks.describe_stacks(StackName="toban")["Stacks"][0]["Outputs"]
        if one["OutputKey"] == "Principal"
    )
    found: Any = boto3.client("iam", REGION).get_role(RoleName="toban")["Role"]
    wanted = trusts(settings(CONFIG), Wish(accounts=("prod",)), own).documents["toban-prod-trust"]
    assert found["Arn"] == settings(CONFIG).accounts[0].role_arn
    assert found["AssumeRolePolicyDocument"] == wanted


def test_the_queue_is_where_the_config_says(stacks: Any) -> None:
    found = {
        one["OutputKey"]: one["OutputValue"]
        for one in stacks.describe_stacks(StackName="toban")["Stacks"][0]["Outputs"]
    }
    (queue,) = settings(CONFIG).queues
    assert (found["QueueUrl"], found["DeadLettersUrl"]) == (queue.url, queue.dead_letters)


def test_the_service_runs_the_task_once(stacks: Any) -> None:
    (service,) = boto3.client("ecs", REGION).describe_services(cluster="toban", services=["toban"])[
        "services"
    ]
    assert service["desiredCount"] == 1


def test_what_aws_says_ends_in_the_queue_over_the_bus(stacks: Any) -> None:
    """Put on the account's own bus: moto knows prefixes, names and `$or` as EventBridge does."""
    sample = json.loads((FOLDER / "alarm_metric.json").read_text(encoding="utf-8"))
    entry = {
        "Source": "aws.cloudwatch",
        "DetailType": sample["detail-type"],
        "Detail": json.dumps(sample["detail"]),
    }
    noise = {**entry, "Source": "aws.ec2", "DetailType": "EC2 Instance State-change Notification"}
    boto3.client("events", REGION).put_events(Entries=[entry, noise])
    (queue,) = settings(CONFIG).queues
    found = boto3.client("sqs", REGION).receive_message(
        QueueUrl=queue.url, MaxNumberOfMessages=10, WaitTimeSeconds=0
    )
    (message,) = found["Messages"]
    assert json.loads(message["Body"])["detail"] == sample["detail"]
