"""Commands as Systems Manager tells of them: contract tests with replies written by hand."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from aws import agent, command, document
from aws.errors import Refused
from tests.canned import TOKYO, Answer, CannedAccounts, Refusal

ID = "7f1c1f3e-3d0a-4b39-9d62-1f0c5a1b2c3d"
AT = "i-0123456789abcdef0"


@pytest.fixture
def open_accounts() -> Iterator[list[CannedAccounts]]:
    made: list[CannedAccounts] = []
    yield made
    for each in made:
        each.close()


def ssm(open_accounts: list[CannedAccounts], **replies: Answer) -> Any:
    aws = CannedAccounts({f"ssm.{name}": reply for name, reply in replies.items()}, role=None)
    open_accounts.append(aws)
    return aws.ssm(TOKYO)


def step(name: str, status: str = "Success", code: int = 0, output: str = "") -> dict[str, Any]:
    return {"Name": name, "Status": status, "StatusDetails": status, "ResponseCode": code, "Output": output}


def listed(*steps: Mapping[str, Any], status: str = "Success", details: str = "") -> dict[str, Any]:
    one = {
        "InstanceId": AT,
        "Status": status,
        "StatusDetails": details or status,
        "CommandPlugins": list(steps),
    }
    return {"CommandInvocations": [one]}


def test_every_instance_of_a_command_is_told_in_one_list(open_accounts: list[CannedAccounts]) -> None:
    client = ssm(open_accounts, ListCommandInvocations=listed(step("shell", output="up 3 days\n")))
    found = command.invocations(client, ID)
    assert found == {AT: command.Invocation("Success", 0, "up 3 days", "", "Success", ("shell",))}


def test_the_code_is_that_of_the_step_that_failed(open_accounts: list[CannedAccounts]) -> None:
    steps = [step("first"), step("second", "Failed", 3, "no such table"), step("third", "Cancelled", -1)]
    client = ssm(open_accounts, ListCommandInvocations=listed(*steps, status="Failed"))
    found = command.invocations(client, ID)[AT]
    assert (found.code, found.output, found.goes_on) == (3, "no such table", False)


def test_an_output_as_long_as_a_list_shows_goes_on(open_accounts: list[CannedAccounts]) -> None:
    client = ssm(open_accounts, ListCommandInvocations=listed(step("shell", output="x" * command.LISTED)))
    assert command.invocations(client, ID)[AT].goes_on


def test_a_command_that_is_not_known_yet_has_no_invocations(open_accounts: list[CannedAccounts]) -> None:
    client = ssm(
        open_accounts,
        ListCommandInvocations=Refusal("InvalidCommandId"),
        GetCommandInvocation=Refusal("InvocationDoesNotExist"),
    )
    assert command.invocations(client, ID) == {}
    assert command.invocation(client, ID, AT) is None


def test_another_refusal_is_one(open_accounts: list[CannedAccounts]) -> None:
    client = ssm(open_accounts, ListCommandInvocations=Refusal("InvalidFilterKey"))
    with pytest.raises(Refused):
        command.invocations(client, ID)


def test_the_whole_output_says_when_it_was_cut(open_accounts: list[CannedAccounts]) -> None:
    reply = {"Status": "Success", "ResponseCode": 0, "StandardOutputContent": "x" * command.WHOLE}
    found = command.invocation(ssm(open_accounts, GetCommandInvocation=reply), ID, AT, "shell")
    assert found is not None
    assert found.was_cut


def test_an_agent_is_told_with_when_it_was_last_heard(open_accounts: list[CannedAccounts]) -> None:
    heard = datetime(2026, 11, 22, tzinfo=UTC)
    reply = {
        "InstanceInformationList": [
            {
                "InstanceId": AT,
                "PingStatus": "ConnectionLost",
                "LastPingDateTime": heard,
                "PlatformType": "Linux",
            }
        ]
    }
    client = ssm(open_accounts, DescribeInstanceInformation=reply)
    assert list(agent.find(client, [AT])) == [agent.Agent(AT, "ConnectionLost", heard, "Linux")]


def test_agents_are_looked_for_a_hundred_at_a_time(open_accounts: list[CannedAccounts]) -> None:
    aws = CannedAccounts({"ssm.DescribeInstanceInformation": {"InstanceInformationList": []}}, role=None)
    open_accounts.append(aws)
    assert list(agent.find(aws.ssm(TOKYO), [AT] * 250)) == []
    assert aws.asked == ["ssm.DescribeInstanceInformation"] * 3


def test_a_document_declares_what_it_takes(open_accounts: list[CannedAccounts]) -> None:
    content = {
        "schemaVersion": "2.2",
        "parameters": {
            "Operation": {"type": "String", "allowedValues": ["Scan", "Install"]},
            "day": {"type": "String", "default": "1", "allowedPattern": "[0-9]+"},
        },
    }
    told = {
        "Name": "ours",
        "DocumentVersion": "3",
        "Owner": "123456789012",
        "DocumentType": "Command",
        "Status": "Active",
        "PlatformTypes": ["Linux"],
    }
    client = ssm(
        open_accounts, DescribeDocument={"Document": told}, GetDocument={"Content": json.dumps(content)}
    )
    assert document.find(client, "ours") == document.Document(
        "ours",
        "3",
        "123456789012",
        "Command",
        "Active",
        ("Linux",),
        (
            document.Parameter("Operation", "String", True, ("Scan", "Install")),
            document.Parameter("day", "String", False, (), "[0-9]+"),
        ),
    )


def test_a_document_that_is_not_there_is_none(open_accounts: list[CannedAccounts]) -> None:
    client = ssm(open_accounts, DescribeDocument=Refusal("InvalidDocument"))
    assert document.find(client, "ours") is None
