"""What RDS noted of a database since a moment, and how a failover stands by it.

Its events are the clock of a failover: DescribeDBInstances shows the new zone only minutes later.  Source:
"Amazon RDS event categories and event messages" (RDS and Aurora user guides), category failover.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from aws import database
from aws.database import Happening

if TYPE_CHECKING:
    from mypy_boto3_rds import RDSClient

SPARE = timedelta(hours=1)  # that the clocks of RDS and toban may differ by

BEGINS = (
    "multi-az instance failover started",  # RDS-EVENT-0013
    "started same az failover",  # 0072, of a cluster
    "started cross az failover",  # 0073
)
COMPLETES = (
    "multi-az instance failover completed",  # 0049
    "multi-az failover to standby complete",  # 0015
    "completed failover to db instance",  # 0071, of a cluster; the instance follows
)
FAILS = (
    "abandoning user requested failover",  # 0034: one happened lately
    "cluster failover failed",  # 0069
)


class Stage(StrEnum):
    """How far a failover is."""

    ASKED = "asked"  # RDS has noted nothing yet
    BEGUN = "begun"
    COMPLETED = "completed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Course:
    """A failover by RDS's events."""

    stage: Stage
    last: Happening | None = None  # what RDS noted last of it
    promoted: str = ""  # the member of a cluster that writes now, where RDS names it


def since(
    rds: "RDSClient",
    id: str,  # noqa: A002 - RDS's
    moment: datetime,
    *,
    is_cluster: bool,
    now: datetime,
) -> list[Happening]:
    """What RDS noted of a database since that moment of its own clock, oldest first.  Raises AwsError."""
    minutes = (max(now - moment, timedelta()) + SPARE) // timedelta(minutes=1)
    noted = database.events(rds, id, is_cluster=is_cluster, minutes=minutes)
    return [one for one in noted if one.at >= moment]


def course(noted: Sequence[Happening]) -> Course:
    """How far a failover is by what was noted since it was asked for, oldest first.  Pure.

    What RDS notes beside it, such as "DB instance restarted", moves it no further.
    """
    found = Course(Stage.ASKED)
    for one in noted:
        stage = _stage(one.message)
        if stage is not None:
            found = Course(stage, one, _promoted(one.message))
    return found


def _stage(message: str) -> Stage | None:
    said = message.strip().casefold()
    known = ((Stage.BEGUN, BEGINS), (Stage.COMPLETED, COMPLETES), (Stage.FAILED, FAILS))
    return next((stage for stage, beginnings in known if said.startswith(beginnings)), None)


def _promoted(message: str) -> str:
    head, colon, name = message.strip().rstrip(".").partition(":")
    return name.strip() if colon and head.casefold().startswith(COMPLETES) else ""
