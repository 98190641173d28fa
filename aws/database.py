"""RDS databases: look at them, start and stop them, and see what could be restored of them.

Reads come first, changes after.  A cluster is a database as well: its members start and stop with it.
Sources: "Stopping an Amazon RDS DB instance temporarily" (RDS user guide) and "Stopping and starting an
Amazon Aurora DB cluster" (Aurora user guide).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aws import answered
from aws.errors import speaking_plainly
from aws.filters import chunks
from aws.page import pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_rds import RDSClient
    from mypy_boto3_rds.type_defs import DBClusterTypeDef, DBInstanceTypeDef

_PAGE = 100  # the most databases on a page, and the ids in one filter
MOST_MINUTES = 14 * 24 * 60  # of events: RDS keeps no older ones (DescribeEvents)


@dataclass(frozen=True, slots=True)
class Database:
    """An RDS database, instance or cluster, as toban talks about it; the words are RDS's own."""

    id: str
    state: str  # available, stopped, backing-up ...
    engine: str
    retention_days: int  # of its automated backups; 0: there are none
    restorable: datetime | None  # the latest moment it can be restored to; None without automated backups
    tags: Tags
    type: str = ""  # such as db.r7g.large; a cluster's members have one each
    multi_az: bool = False
    zone: str = ""  # of the primary; "" for a cluster
    cluster: str = ""  # the cluster that an instance is a member of
    source: str = ""  # what it is a read replica of
    replicas: tuple[str, ...] = ()  # its read replicas
    members: tuple[str, ...] = ()  # of a cluster
    is_cluster: bool = False
    mode: str = ""  # a cluster's engine mode: provisioned, serverless (of the first version) ...
    standby_zone: str = ""  # of the standby, where RDS says it
    writer: str = ""  # the member of a cluster that writes
    vpc_id: str = ""  # of an instance, where RDS says it


@dataclass(frozen=True, slots=True)
class FailedOver:
    """RDS took a failover on."""

    request_id: str
    at: datetime  # by RDS's clock, which its events go by


@dataclass(frozen=True, slots=True)
class Happening:
    """What RDS noted of a database."""

    at: datetime
    message: str


def find(rds: "RDSClient", *, ids: Sequence[str] = ()) -> Iterator[Database]:
    """Yield the database instances with these ids, or all; members of clusters too.

    One that does not exist is absent.  RDS has no filter by tag.  Raises AwsError.
    """
    paginator = rds.get_paginator("describe_db_instances")
    for filters in _filters("db-instance-id", ids):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": _PAGE})
        for page in pages("listing databases", found):
            yield from map(_database, page["DBInstances"])


def clusters(rds: "RDSClient", *, ids: Sequence[str] = ()) -> Iterator[Database]:
    """Yield the clusters with these ids, or all.  Raises AwsError."""
    paginator = rds.get_paginator("describe_db_clusters")
    for filters in _filters("db-cluster-id", ids):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": _PAGE})
        for page in pages("listing database clusters", found):
            yield from map(_cluster, page["DBClusters"])


def events(rds: "RDSClient", id: str, *, is_cluster: bool, minutes: int) -> list[Happening]:  # noqa: A002 - RDS's
    """What RDS noted of a database in the last so many minutes, oldest first; it keeps 14 days of it.

    Raises AwsError.
    """
    found = rds.get_paginator("describe_events").paginate(
        SourceIdentifier=id,
        SourceType="db-cluster" if is_cluster else "db-instance",
        Duration=min(minutes, MOST_MINUTES),
    )
    noted = [
        Happening(raw["Date"], raw.get("Message", ""))
        for page in pages(f"reading the events of {id}", found)
        for raw in page["Events"]
        if "Date" in raw
    ]
    return sorted(noted, key=lambda one: one.at)


# -- changes ------------------------------------------------------------------------------------------


def start(rds: "RDSClient", id: str, *, is_cluster: bool) -> str:  # noqa: A002 - RDS's
    """Ask RDS to start a database; returns its request id long before it is available.

    Raises AwsError: Refused (InvalidDBInstanceState, InvalidDBClusterStateFault) unless it is stopped.
    """
    with speaking_plainly(f"starting {id}"):
        if is_cluster:
            return _request(rds.start_db_cluster(DBClusterIdentifier=id))
        return _request(rds.start_db_instance(DBInstanceIdentifier=id))


def stop(rds: "RDSClient", id: str, *, is_cluster: bool) -> str:  # noqa: A002 - RDS's
    """Ask RDS to stop a database; returns its request id long before it has stopped.

    Raises AwsError: Refused (InvalidDBInstanceState, InvalidDBClusterStateFault) unless it is available.
    """
    with speaking_plainly(f"stopping {id}"):
        if is_cluster:
            return _request(rds.stop_db_cluster(DBClusterIdentifier=id))
        return _request(rds.stop_db_instance(DBInstanceIdentifier=id))


def fail_over(rds_once: "RDSClient", id: str, *, otherwise: datetime) -> FailedOver:  # noqa: A002 - RDS's
    """Reboot an instance by way of its standby ("Rebooting a DB instance", RDS user guide).

    Not repeatable: the same call would bring it back.  `otherwise` is the moment, where RDS gives none.
    Raises AwsError: Refused (InvalidDBInstanceState) unless it is available and in several zones.
    """
    with speaking_plainly(f"failing over {id}"):
        reply: Any = rds_once.reboot_db_instance(DBInstanceIdentifier=id, ForceFailover=True)
    return FailedOver(_request(reply), answered.moment(reply, otherwise))


def fail_over_cluster(
    rds_once: "RDSClient",
    id: str,  # noqa: A002 - RDS's
    reader: str,
    *,
    otherwise: datetime,
) -> FailedOver:
    """Let a reader of a cluster become its writer ("FailoverDBCluster").  Not repeatable.

    Raises AwsError: Refused (InvalidDBClusterStateFault, InvalidDBInstanceState).
    """
    with speaking_plainly(f"failing over {id} to {reader}"):
        reply: Any = rds_once.failover_db_cluster(DBClusterIdentifier=id, TargetDBInstanceIdentifier=reader)
    return FailedOver(_request(reply), answered.moment(reply, otherwise))


def _request(reply: Any) -> str:
    return str(reply["ResponseMetadata"]["RequestId"])


def _filters(name: str, ids: Sequence[str]) -> Iterator[Any]:
    if not ids:
        yield []
    for some in chunks(tuple(dict.fromkeys(ids)), _PAGE):
        yield [{"Name": name, "Values": list(some)}]


def _database(raw: "DBInstanceTypeDef") -> Database:
    return Database(
        id=raw["DBInstanceIdentifier"],
        state=raw.get("DBInstanceStatus", ""),
        engine=raw.get("Engine", ""),
        retention_days=raw.get("BackupRetentionPeriod", 0),
        restorable=raw.get("LatestRestorableTime"),
        tags=Tags.read(raw.get("TagList")),
        type=raw.get("DBInstanceClass", ""),
        multi_az=raw.get("MultiAZ", False),
        zone=raw.get("AvailabilityZone", ""),
        cluster=raw.get("DBClusterIdentifier", ""),
        source=raw.get("ReadReplicaSourceDBInstanceIdentifier", ""),
        replicas=tuple(raw.get("ReadReplicaDBInstanceIdentifiers", [])),
        standby_zone=raw.get("SecondaryAvailabilityZone", ""),
        vpc_id=raw.get("DBSubnetGroup", {}).get("VpcId", ""),
    )


def _cluster(raw: "DBClusterTypeDef") -> Database:
    return Database(
        id=raw["DBClusterIdentifier"],
        state=raw.get("Status", ""),
        engine=raw.get("Engine", ""),
        retention_days=raw.get("BackupRetentionPeriod", 0),
        restorable=raw.get("LatestRestorableTime"),
        tags=Tags.read(raw.get("TagList")),
        type=raw.get("DBClusterInstanceClass", ""),
        multi_az=raw.get("MultiAZ", False),
        members=tuple(one["DBInstanceIdentifier"] for one in raw.get("DBClusterMembers", [])),
        source=raw.get("ReplicationSourceIdentifier", ""),
        is_cluster=True,
        mode=raw.get("EngineMode", ""),
        writer=next(
            (
                one["DBInstanceIdentifier"]
                for one in raw.get("DBClusterMembers", [])
                if one.get("IsClusterWriter")
            ),
            "",
        ),
    )
