"""Subnets: where they are, and how many addresses they have left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aws.filters import batches
from aws.page import SIZE, pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet as toban talks about it."""

    id: str
    vpc_id: str
    zone: str
    free: int  # addresses that nobody has
    zone_id: str = ""  # the zone's name in every account, such as apne1-az4
    tags: Tags = field(default_factory=Tags)


def find(
    ec2: "EC2Client",
    *,
    ids: Sequence[str] = (),
    vpc_ids: Sequence[str] = (),
    zones: Sequence[str] = (),
) -> Iterator[Subnet]:
    """Yield the subnets that match everything given.  Raises AwsError."""
    paginator = ec2.get_paginator("describe_subnets")
    for filters in batches({"subnet-id": ids, "vpc-id": vpc_ids, "availability-zone": zones}):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": SIZE})
        for page in pages("listing subnets", found):
            for raw in page["Subnets"]:
                yield Subnet(
                    raw.get("SubnetId", ""),
                    raw.get("VpcId", ""),
                    raw.get("AvailabilityZone", ""),
                    raw.get("AvailableIpAddressCount", 0),
                    raw.get("AvailabilityZoneId", ""),
                    Tags.read(raw.get("Tags")),
                )
