"""Commands on instances, by Systems Manager's Run Command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.errors import NotFound, Refused, speaking_plainly

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

SHELL = "AWS-RunShellScript"
OVER = frozenset({"Success", "Cancelled", "TimedOut", "Failed"})
LONGEST_COMMENT = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """A command that Systems Manager took on; it has not run yet."""

    request_id: str
    id: str


@dataclass(frozen=True, slots=True)
class Invocation:
    """How a command stands on one instance."""

    status: str  # Pending, InProgress, Delayed, Success, Cancelled, TimedOut, Failed, Cancelling
    code: int  # what it returned; -1 before that
    output: str  # the end of what it printed
    error: str  # the end of what it printed as errors

    @property
    def is_over(self) -> bool:
        """Whether it will not change any more."""
        return self.status in OVER


def send(
    ssm_once: "SSMClient",
    instance_id: str,
    document: str,
    parameters: Mapping[str, Sequence[str]],
    *,
    comment: str,
    seconds: int,
) -> Sent:
    """Ask for a document to be run on an instance; one that does not begin in so many seconds never does.

    Not repeatable: the same command would run twice.  Raises AwsError.
    """
    with speaking_plainly(f"sending a command to {instance_id}"):
        reply = ssm_once.send_command(
            InstanceIds=[instance_id],
            DocumentName=document,
            Parameters={name: list(values) for name, values in parameters.items()},
            Comment=comment[:LONGEST_COMMENT],
            TimeoutSeconds=max(seconds, 30),  # Run Command takes no less
        )
    return Sent(reply["ResponseMetadata"]["RequestId"], reply["Command"].get("CommandId", ""))


def invocation(ssm: "SSMClient", command_id: str, instance_id: str) -> Invocation | None:
    """How a command stands on an instance; None while Systems Manager does not know it yet.

    Raises AwsError.
    """
    try:
        with speaking_plainly(f"looking at the command {command_id}"):
            reply = ssm.get_command_invocation(CommandId=command_id, InstanceId=instance_id)
    except (NotFound, Refused) as error:
        if error.said.code == "InvocationDoesNotExist":
            return None
        raise
    return Invocation(
        status=reply.get("Status", ""),
        code=reply.get("ResponseCode", -1),
        output=reply.get("StandardOutputContent", "")[-500:],
        error=reply.get("StandardErrorContent", "")[-500:],
    )
