"""Commands on instances of the local AWS: they run a while, may fail, and are written down."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

FREEZE = ["fsfreeze --freeze /data"]


@pytest.fixture
def ssm(aws: LocalAws) -> Any:
    return aws.client("ssm", account=PRODUCTION, config=ONCE)


@pytest.fixture
def running(ec2: "EC2Client", instance: str) -> str:
    ec2.describe_instances()  # ... by which time it runs
    return instance


def send(ssm: Any, *instances: str, document: str = "AWS-RunShellScript", **more: Any) -> str:
    asked = {"InstanceIds": list(instances), "DocumentName": document, "Parameters": {"commands": FREEZE}}
    command: str = ssm.send_command(**asked, **more)["Command"]["CommandId"]
    return command


def look(ssm: Any, command: str, instance: str) -> Any:
    return ssm.get_command_invocation(CommandId=command, InstanceId=instance)


def test_a_command_runs_a_while_and_succeeds(aws: LocalAws, ssm: Any, running: str) -> None:
    aws.control.commands_take(30)
    aws.control.commands_say("frozen")
    command = send(ssm, running)
    assert (look(ssm, command, running)["Status"], look(ssm, command, running)["ResponseCode"]) == (
        "InProgress",
        -1,
    )
    aws.control.advance(31)
    seen = look(ssm, command, running)
    assert (seen["Status"], seen["ResponseCode"], seen["StandardOutputContent"]) == ("Success", 0, "frozen")


def test_a_held_command_is_released(aws: LocalAws, ssm: Any, running: str) -> None:
    aws.control.commands_take(None)
    command = send(ssm, running)
    aws.control.advance(1_000_000)
    assert look(ssm, command, running)["Status"] == "InProgress"
    assert aws.control.release_commands() == 1
    assert look(ssm, command, running)["Status"] == "Success"


@pytest.mark.parametrize(("end", "code"), [("Failed", 1), ("TimedOut", -1), ("Cancelled", -1)])
def test_a_command_can_end_badly(aws: LocalAws, ssm: Any, running: str, end: str, code: int) -> None:
    aws.control.fail_commands(1, end)
    first, second = send(ssm, running), send(ssm, running)
    assert (look(ssm, first, running)["Status"], look(ssm, first, running)["ResponseCode"]) == (end, code)
    assert look(ssm, second, running)["Status"] == "Success"


def test_a_new_command_may_be_unknown_for_a_while(aws: LocalAws, ssm: Any, running: str) -> None:
    aws.control.commands_take(0, hidden=5)
    command = send(ssm, running)
    with pytest.raises(ClientError, match="InvocationDoesNotExist"):
        look(ssm, command, running)
    aws.control.advance(5)
    assert look(ssm, command, running)["Status"] == "Success"


def test_what_was_sent_is_written_down(aws: LocalAws, ssm: Any, running: str) -> None:
    send(ssm, running, Comment="toban 7")
    (sent,) = aws.control.commands_sent()
    assert (sent.account, sent.region, sent.instance_ids) == (PRODUCTION, "ap-northeast-1", (running,))
    assert (sent.document, sent.comment) == ("AWS-RunShellScript", "toban 7")
    assert sent.parameters == {"commands": FREEZE}


def test_no_command_reaches_an_instance_that_does_not_run_or_has_no_agent(
    aws: LocalAws, ec2: "EC2Client", ssm: Any, running: str
) -> None:
    aws.control.without_agent(running)
    with pytest.raises(ClientError, match=rf"InvalidInstanceId.*{running}"):
        send(ssm, running)
    assert ssm.describe_instance_information()["InstanceInformationList"] == []
    with pytest.raises(ClientError, match="InvalidInstanceId"):
        send(ssm, "i-0123456789abcdef0")
    assert aws.control.commands_sent() == ()


def test_a_document_must_exist(ssm: Any, running: str) -> None:
    with pytest.raises(ClientError, match="InvalidDocument"):
        send(ssm, running, document="no-such-document")


def test_a_command_reaches_what_carries_a_tag(ec2: "EC2Client", ssm: Any, running: str) -> None:
    ec2.create_tags(Resources=[running], Tags=[{"Key": "service", "Value": "db"}])
    targets = [{"Key": "tag:service", "Values": ["db"]}]
    command = ssm.send_command(DocumentName="AWS-RunShellScript", Targets=targets)["Command"]["CommandId"]
    found = ssm.list_command_invocations(CommandId=command)["CommandInvocations"]
    assert [(one["InstanceId"], one["Status"]) for one in found] == [(running, "Success")]


def test_a_running_command_can_be_cancelled(aws: LocalAws, ssm: Any, running: str) -> None:
    aws.control.commands_take(None)
    command = send(ssm, running)
    ssm.cancel_command(CommandId=command)
    assert look(ssm, command, running)["Status"] == "Cancelled"
    assert [one["Status"] for one in ssm.list_commands()["Commands"]] == ["Cancelled"]
