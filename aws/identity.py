"""Who toban is in AWS."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.errors import speaking_plainly

if TYPE_CHECKING:
    from mypy_boto3_sts import STSClient


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity AWS sees."""

    account: str  # twelve digits
    arn: str


def who_am_i(sts: "STSClient") -> Identity:
    """Ask AWS who is asking; this needs no permission.  Raises AwsError."""
    with speaking_plainly("asking who toban is"):
        reply = sts.get_caller_identity()
    return Identity(account=reply["Account"], arn=reply["Arn"])
