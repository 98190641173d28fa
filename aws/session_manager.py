"""Open sessions of Session Manager: who is on which machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

_PAGE = 200  # the most sessions on a page


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's session on a machine."""

    id: str
    instance_id: str  # or the id of another managed node, mi-…
    owner: str  # the name at the end of whoever's ARN: a user, or the session of a role
    since: datetime | None  # in UTC


def active(ssm: "SSMClient") -> Iterator[Session]:
    """Yield the sessions of the place that are open now.  Raises AwsError."""
    found = ssm.get_paginator("describe_sessions").paginate(
        State="Active", PaginationConfig={"PageSize": _PAGE}
    )
    for page in pages("looking for open sessions", found):
        for raw in page["Sessions"]:
            yield Session(
                raw.get("SessionId", ""),
                raw.get("Target", ""),
                raw.get("Owner", "").rpartition("/")[2],
                raw.get("StartDate"),
            )
