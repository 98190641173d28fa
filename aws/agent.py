"""Systems Manager's agents: which instances a command can reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aws.filters import chunks
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_ssm.type_defs import InstanceInformationTypeDef

ONLINE = "Online"
MOST_IDS = 100  # values of a filter of DescribeInstanceInformation
PAGE = 50


@dataclass(frozen=True, slots=True)
class Agent:
    """The agent on an instance, as Systems Manager last heard of it."""

    instance_id: str
    status: str  # Online, ConnectionLost, Inactive
    heard: datetime | None
    platform: str  # Linux, Windows, MacOS


def find(ssm: "SSMClient", instance_ids: Sequence[str]) -> Iterator[Agent]:
    """Yield the agents of these instances; one that never had one is not among them.  Raises AwsError."""
    for some in chunks(instance_ids, MOST_IDS):
        found = ssm.get_paginator("describe_instance_information").paginate(
            Filters=[{"Key": "InstanceIds", "Values": list(some)}], PaginationConfig={"PageSize": PAGE}
        )
        for page in pages("looking for Systems Manager's agents", found):
            yield from map(_agent, page.get("InstanceInformationList", []))


def _agent(told: "InstanceInformationTypeDef") -> Agent:
    return Agent(
        instance_id=told.get("InstanceId", ""),
        status=told.get("PingStatus", ""),
        heard=told.get("LastPingDateTime"),
        platform=told.get("PlatformType", ""),
    )
