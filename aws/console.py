"""The last lines that an instance wrote to its serial console."""

import re
from typing import TYPE_CHECKING

from aws.errors import speaking_plainly

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]")
_LONGEST = 300  # characters of a line that are kept


def tail(ec2: "EC2Client", instance_id: str, lines: int = 20) -> tuple[str, ...]:
    """The last lines that say anything, without terminal escapes; EC2 keeps 64 KB of the latest boot.

    None when EC2 has none yet.  Raises AwsError.
    """
    with speaking_plainly(f"reading the console of {instance_id}"):
        reply = ec2.get_console_output(InstanceId=instance_id)
    clean = (_ESCAPES.sub("", line).rstrip()[:_LONGEST] for line in reply.get("Output", "").split("\n"))
    return tuple(line for line in clean if line)[-lines:]
