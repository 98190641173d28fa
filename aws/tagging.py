"""EC2: put tags on resources and take them off.  Both may be repeated."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from aws.errors import speaking_plainly

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def put(ec2: "EC2Client", resource_id: str, tags: Mapping[str, str]) -> str:
    """Put tags on a resource, over those of the same keys; returns AWS's request id.  Raises AwsError."""
    listed = [{"Key": key, "Value": value} for key, value in sorted(tags.items())]
    with speaking_plainly(f"tagging {resource_id}"):
        reply = cast("Any", ec2).create_tags(Resources=[resource_id], Tags=listed)
    return str(reply["ResponseMetadata"]["RequestId"])


def take_off(ec2: "EC2Client", resource_id: str, keys: Sequence[str]) -> str:
    """Take tags off a resource, whatever their values; returns AWS's request id.  Raises AwsError."""
    with speaking_plainly(f"taking tags off {resource_id}"):
        reply = cast("Any", ec2).delete_tags(Resources=[resource_id], Tags=[{"Key": key} for key in keys])
    return str(reply["ResponseMetadata"]["RequestId"])
