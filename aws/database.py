"""RDS databases: look at them, and at what could be restored of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aws.page import pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_rds import RDSClient
    from mypy_boto3_rds.type_defs import DBInstanceTypeDef

_PAGE = 100  # the most databases on a page


@dataclass(frozen=True, slots=True)
class Database:
    """An RDS database instance as toban talks about it; the words are RDS's own."""

    id: str
    state: str  # available, stopped, backing-up ...
    engine: str
    retention_days: int  # of its automated backups; 0: there are none
    restorable: datetime | None  # the latest moment it can be restored to; None without automated backups
    tags: Tags


def find(rds: "RDSClient") -> Iterator[Database]:
    """Yield all database instances, members of clusters too.  Raises AwsError."""
    found = rds.get_paginator("describe_db_instances").paginate(PaginationConfig={"PageSize": _PAGE})
    for page in pages("listing databases", found):
        yield from map(_database, page["DBInstances"])


def _database(raw: "DBInstanceTypeDef") -> Database:
    return Database(
        id=raw["DBInstanceIdentifier"],
        state=raw.get("DBInstanceStatus", ""),
        engine=raw.get("Engine", ""),
        retention_days=raw.get("BackupRetentionPeriod", 0),
        restorable=raw.get("LatestRestorableTime"),
        tags=Tags.read(raw.get("TagList")),
    )
