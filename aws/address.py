"""Elastic IP addresses: look at them, and give them back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.errors import speaking_plainly
from aws.filters import batches, by_tags
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import AddressTypeDef


@dataclass(frozen=True, slots=True)
class Address:
    """An Elastic IP address as toban talks about it."""

    id: str  # of its allocation
    ip: str
    association_id: str  # "" when it belongs to nothing
    instance_id: str  # "" unless an instance has it
    interface_id: str  # the network interface that has it; ""
    manager: str  # the service that manages it, such as nat or alb; "" when nobody does
    tags: Tags

    @property
    def name(self) -> str:
        """The Name tag; "" when there is none."""
        return self.tags.name

    @property
    def is_used(self) -> bool:
        """Whether it belongs to something now."""
        return bool(self.association_id or self.instance_id or self.interface_id)


def find(
    ec2: "EC2Client", *, ids: Sequence[str] = (), tags: Sequence[tuple[str, str]] = ()
) -> Iterator[Address]:
    """Yield the addresses that match everything given; with nothing given, all of them.

    EC2 gives all of them at once.  An id that does not exist is absent.  Raises AwsError.
    """
    for filters in batches({"allocation-id": ids, **by_tags(tags)}):
        with speaking_plainly("listing addresses"):
            reply = ec2.describe_addresses(Filters=filters)
        yield from map(_address, reply["Addresses"])


def release(ec2: "EC2Client", id: str) -> str:  # noqa: A002 - EC2's
    """Give an address back to AWS and return its request id; somebody else may get it the next moment.

    Raises NotFound when it is gone already, InUse (InvalidIPAddress.InUse) when it belongs to something, or
    another AwsError.
    """
    with speaking_plainly(f"releasing {id}"):
        reply = ec2.release_address(AllocationId=id)
    return str(reply["ResponseMetadata"]["RequestId"])


def _address(raw: "AddressTypeDef") -> Address:
    return Address(
        id=raw.get("AllocationId", ""),
        ip=raw.get("PublicIp", ""),
        association_id=raw.get("AssociationId", ""),
        instance_id=raw.get("InstanceId", ""),
        interface_id=raw.get("NetworkInterfaceId", ""),
        manager=str(raw.get("ServiceManaged", "")),
        tags=Tags.read(raw.get("Tags")),
    )
