"""Spot requests: why EC2 took an instance back, or has not given one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.filters import batches
from aws.page import SIZE, pages

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


@dataclass(frozen=True, slots=True)
class SpotRequest:
    """A spot request as it stands; the words are EC2's own ("Spot Instance request status")."""

    id: str
    instance_id: str
    state: str  # open, active, disabled, closed, cancelled, failed
    code: str  # such as instance-stopped-no-capacity
    message: str
    kind: str = "one-time"  # or persistent: its instance can be stopped

    @property
    def is_persistent(self) -> bool:
        """Whether its instance can be stopped and started ("Stop a Spot Instance", EC2 user guide)."""
        return self.kind == "persistent"


def find(
    ec2: "EC2Client", ids: Sequence[str] = (), *, instance_ids: Sequence[str] = ()
) -> Iterator[SpotRequest]:
    """Yield the requests that exist, by their ids or by those of their instances.  Raises AwsError."""
    paginator = ec2.get_paginator("describe_spot_instance_requests")
    for filters in batches({"spot-instance-request-id": ids, "instance-id": instance_ids}):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": SIZE})
        for page in pages("looking at spot requests", found):
            for raw in page["SpotInstanceRequests"]:
                status = raw.get("Status", {})
                yield SpotRequest(
                    raw.get("SpotInstanceRequestId", ""),
                    raw.get("InstanceId", ""),
                    raw.get("State", ""),
                    status.get("Code", ""),
                    status.get("Message", ""),
                    raw.get("Type", "one-time"),
                )
