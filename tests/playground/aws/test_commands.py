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


def test_each_instance_may_say_and_end_its_own_way(
    aws: LocalAws, ec2: "EC2Client", ssm: Any, running: str
) -> None:
    (other,) = (
        one["InstanceId"]
        for one in ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)["Instances"]
    )
    ec2.describe_instances()
    aws.control.commands_say("well")
    aws.control.commands_say("disk full", other)
    aws.control.fail_commands_on(other)
    command = send(ssm, running, other)
    found = ssm.list_command_invocations(CommandId=command, Details=True)["CommandInvocations"]
    plugins = {one["InstanceId"]: one["CommandPlugins"][0] for one in found}
    assert (plugins[running]["Output"], plugins[running]["ResponseCode"]) == ("well", 0)
    assert plugins[other]["Output"].endswith("-ERROR-------\ndisk full")
    assert look(ssm, command, other)["StandardErrorContent"] == "disk full"


def test_a_list_shows_less_of_an_output_than_is_kept(aws: LocalAws, ssm: Any, running: str) -> None:
    aws.control.commands_say("x" * 30_000)
    command = send(ssm, running)
    (found,) = ssm.list_command_invocations(CommandId=command, Details=True)["CommandInvocations"]
    assert len(found["CommandPlugins"][0]["Output"]) == 2_500
    assert len(look(ssm, command, running)["StandardOutputContent"]) == 24_000


def test_a_command_is_stopped_at_its_own_time_limit(aws: LocalAws, ssm: Any, running: str) -> None:
    aws.control.commands_take(None)
    more = {"Parameters": {"commands": FREEZE, "executionTimeout": ["60"]}}
    command: str = ssm.send_command(InstanceIds=[running], DocumentName="AWS-RunShellScript", **more)[
        "Command"
    ]["CommandId"]
    assert look(ssm, command, running)["Status"] == "InProgress"
    aws.control.advance(61)
    assert look(ssm, command, running)["StatusDetails"] == "Execution Timed Out"


def test_an_agent_that_is_silent_is_told_with_that(aws: LocalAws, ssm: Any, running: str) -> None:
    aws.control.lose_agent(running)
    wanted = [{"Key": "InstanceIds", "Values": [running]}]
    (found,) = ssm.describe_instance_information(Filters=wanted)["InstanceInformationList"]
    assert found["PingStatus"] == "ConnectionLost"
    with pytest.raises(ClientError, match="InvalidInstanceId"):
        send(ssm, running)


def test_aws_own_documents_are_there_with_their_parameters(ssm: Any) -> None:
    told = ssm.describe_document(Name="AWS-RunPatchBaseline")["Document"]
    assert "Windows" in told["PlatformTypes"]
    assert "allowedValues" in ssm.get_document(Name="AWS-RunPatchBaseline")["Content"]
    names = [one["Name"] for one in ssm.list_documents()["DocumentIdentifiers"]]
    assert "AWS-RunShellScript" in names


def test_known_commands_write_what_they_usually_do(aws: LocalAws, ssm: Any, running: str) -> None:
    aws.control.commands_write()
    asked = {"commands": ["df -h", "echo 'it is well'", "systemctl status nginx", "true"]}
    sent = ssm.send_command(InstanceIds=[running], DocumentName="AWS-RunShellScript", Parameters=asked)
    said = look(ssm, sent["Command"]["CommandId"], running)["StandardOutputContent"]
    assert said.startswith("Filesystem")
    assert said.splitlines()[4:] == ["it is well", "● nginx.service", "   Active: active (running)"]
