"""Commands on instances, by Systems Manager's Run Command.

Limits are from "SendCommand", "GetCommandInvocation" and "CommandPlugin" of the API reference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.errors import NotFound, Refused, speaking_plainly
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_ssm.type_defs import CommandInvocationTypeDef, GetCommandInvocationResultTypeDef

SHELL = "AWS-RunShellScript"
OVER = frozenset({"Success", "Cancelled", "TimedOut", "Failed"})
MOST = 50  # instances in one command
LONGEST_COMMENT = 100
LISTED = 2500  # characters of output in a list; what is as long as this goes on
WHOLE, WHOLE_ERRORS = 24_000, 8_000  # characters of output that are kept at all
SHORTEST_WAIT = 30  # seconds until a command that was not begun is given up


@dataclass(frozen=True, slots=True)
class Sent:
    """A command that Systems Manager took on; it has not run yet."""

    request_id: str
    id: str


@dataclass(frozen=True, slots=True)
class Running:
    """A command that is not over on all of its instances."""

    id: str
    comment: str
    document: str
    left: int  # instances on which it is not over


@dataclass(frozen=True, slots=True)
class Invocation:
    """How a command stands on one instance."""

    status: str  # Pending, InProgress, Delayed, Success, Cancelled, TimedOut, Failed, Cancelling
    code: int  # what it returned; -1 when it returned nothing
    output: str  # the beginning of what it printed
    error: str  # the beginning of what it printed as errors; in a list it stands in the output
    details: str = ""  # more exactly: Delivery Timed Out, Undeliverable, Execution Timed Out ...
    steps: tuple[str, ...] = ()  # in a list: the names of the document's steps
    goes_on: bool = False  # in a list: there is more of the output than is listed
    was_cut: bool = False  # it printed more than Systems Manager keeps

    @property
    def is_over(self) -> bool:
        """Whether it will not change any more."""
        return self.status in OVER


def send(
    ssm_once: "SSMClient",
    instance_ids: Sequence[str],
    document: str,
    parameters: Mapping[str, Sequence[str]],
    *,
    comment: str,
    seconds: int,
    version: str = "$DEFAULT",
) -> Sent:
    """Ask for a document to be run on at most 50 instances; where it does not begin in time it never does.

    One that fails keeps it from no other.  Not repeatable: it would run twice.  Raises AwsError.
    """
    with speaking_plainly(f"sending a command to {', '.join(instance_ids[:5])}"):
        reply = ssm_once.send_command(
            InstanceIds=list(instance_ids),
            DocumentName=document,
            DocumentVersion=version,
            Parameters={name: list(values) for name, values in parameters.items()},
            Comment=comment[:LONGEST_COMMENT],
            TimeoutSeconds=max(seconds, SHORTEST_WAIT),
            MaxErrors="100%",
        )
    return Sent(reply["ResponseMetadata"]["RequestId"], reply["Command"].get("CommandId", ""))


def invocations(ssm: "SSMClient", command_id: str) -> Mapping[str, Invocation]:
    """How a command stands on each of its instances, by their ids; output as far as it is listed.

    Empty while Systems Manager does not know it yet.  Raises AwsError.
    """
    found = ssm.get_paginator("list_command_invocations").paginate(
        CommandId=command_id, Details=True, PaginationConfig={"PageSize": MOST}
    )
    try:
        each = [
            one for page in pages(_looking(command_id), found) for one in page.get("CommandInvocations", [])
        ]
    except (NotFound, Refused) as error:
        if _is_new(error):
            return {}
        raise
    return {one.get("InstanceId", ""): _listed(one) for one in each}


def invocation(ssm: "SSMClient", command_id: str, instance_id: str, step: str = "") -> Invocation | None:
    """How a command, or one step of its document, stands on an instance, with all the output that is kept.

    None while Systems Manager does not know it yet.  Raises AwsError.
    """
    more = {"PluginName": step} if step else {}
    try:
        with speaking_plainly(_looking(command_id)):
            reply = ssm.get_command_invocation(CommandId=command_id, InstanceId=instance_id, **more)
    except (NotFound, Refused) as error:
        if _is_new(error):
            return None
        raise
    return _whole(reply)


def running(ssm: "SSMClient") -> Iterator[Running]:
    """Yield the commands that are not over anywhere yet, in this region.  Raises AwsError."""
    found = ssm.get_paginator("list_commands").paginate(
        Filters=[{"key": "ExecutionStage", "value": "Executing"}], PaginationConfig={"PageSize": MOST}
    )
    for page in pages("listing commands", found):
        for one in page.get("Commands", []):
            yield Running(
                id=one.get("CommandId", ""),
                comment=one.get("Comment", ""),
                document=one.get("DocumentName", ""),
                left=one.get("TargetCount", 0) - one.get("CompletedCount", 0),
            )


def cancel(ssm: "SSMClient", command_id: str) -> str:
    """Ask for a command to be ended wherever it still runs; returns the request's id.  Raises AwsError."""
    with speaking_plainly(f"cancelling the command {command_id}"):
        reply = ssm.cancel_command(CommandId=command_id)
    return str(reply["ResponseMetadata"]["RequestId"])


def _looking(command_id: str) -> str:
    return f"looking at the command {command_id}"


def _is_new(error: NotFound | Refused) -> bool:
    """Whether it is only that the command was sent a moment ago."""
    return error.said.code in {"InvocationDoesNotExist", "InvalidCommandId"}


def _listed(one: "CommandInvocationTypeDef") -> Invocation:
    steps = one.get("CommandPlugins", [])
    failed = [each for each in steps if each.get("Status") != "Success"]
    return Invocation(
        status=one.get("Status", ""),
        code=(failed or steps or [{}])[0].get("ResponseCode", -1),
        output="\n".join(text for each in steps if (text := each.get("Output", "").strip("\n"))),
        error="",
        details=one.get("StatusDetails", ""),
        steps=tuple(each.get("Name", "") for each in steps),
        goes_on=any(len(each.get("Output", "")) >= LISTED for each in steps),
    )


def _whole(reply: "GetCommandInvocationResultTypeDef") -> Invocation:
    output, error = reply.get("StandardOutputContent", ""), reply.get("StandardErrorContent", "")
    return Invocation(
        status=reply.get("Status", ""),
        code=reply.get("ResponseCode", -1),
        output=output,
        error=error,
        details=reply.get("StatusDetails", ""),
        was_cut=len(output) >= WHOLE or len(error) >= WHOLE_ERRORS,
    )
