"""Which instance types a region's zones offer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.page import SIZE, pages

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


@dataclass(frozen=True, slots=True)
class Offering:
    """A zone that has a type; not a promise that one is free now."""

    type: str
    zone: str


def find(ec2: "EC2Client", types: Sequence[str]) -> Iterator[Offering]:
    """Yield every zone of these types, which may hold `*`.  Raises AwsError."""
    found = ec2.get_paginator("describe_instance_type_offerings").paginate(
        LocationType="availability-zone",
        Filters=[{"Name": "instance-type", "Values": list(types)}],
        PaginationConfig={"PageSize": SIZE},
    )
    for page in pages("listing which zones offer an instance type", found):
        for raw in page["InstanceTypeOfferings"]:
            yield Offering(raw.get("InstanceType", ""), raw.get("Location", ""))
