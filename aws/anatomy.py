"""What an instance is made of, as far as it decides whether it can start."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.filters import batches
from aws.page import SIZE, pages

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import InstanceTypeDef


@dataclass(frozen=True, slots=True)
class Interface:
    """A network interface of an instance."""

    id: str
    index: int  # of the device; 0 is the primary one
    status: str  # of its attachment: attaching, attached, detaching, detached
    subnet_id: str


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What an instance is made of; the words are EC2's own."""

    id: str
    code: str  # why it left its state, such as Client.InternalError; "" when EC2 gives none
    message: str  # ... in EC2's words
    vcpus: int
    interfaces: tuple[Interface, ...]


def find(ec2: "EC2Client", ids: Sequence[str]) -> Iterator[Anatomy]:
    """Yield those that exist.  Raises AwsError."""
    for filters in batches({"instance-id": ids}):
        found = ec2.get_paginator("describe_instances").paginate(
            Filters=filters, PaginationConfig={"PageSize": SIZE}
        )
        for page in pages("looking at instances", found):
            for reservation in page["Reservations"]:
                yield from map(_anatomy, reservation["Instances"])


def _anatomy(raw: "InstanceTypeDef") -> Anatomy:
    reason, cpu = raw.get("StateReason", {}), raw.get("CpuOptions", {})
    message = reason.get("Message", "")
    return Anatomy(
        id=raw["InstanceId"],
        code=reason.get("Code") or message.partition(":")[0],
        message=message,
        vcpus=cpu.get("CoreCount", 1) * cpu.get("ThreadsPerCore", 1),
        interfaces=tuple(
            Interface(
                one.get("NetworkInterfaceId", ""),
                one.get("Attachment", {}).get("DeviceIndex", 0),
                one.get("Attachment", {}).get("Status", ""),
                one.get("SubnetId", ""),
            )
            for one in raw.get("NetworkInterfaces", ())
        ),
    )
