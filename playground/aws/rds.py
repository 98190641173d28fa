"""RDS as AWS answers it where moto is too kind: backups that are none; what takes time, a failover too."""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult, PaginatedResult
from moto.rds.exceptions import (
    InvalidDBClusterStateFault,
    InvalidDBInstanceStateError,
    InvalidParameterCombination,
)
from moto.rds.responses import RDSResponse

from playground.aws.database_notes import note
from playground.aws.databases import DatabaseTimes
from playground.aws.failovers import RESTARTED, FailoverTimes
from playground.aws.times import Times


class LocalRds(RDSResponse):
    """Databases whose BackupRetentionPeriod of 0 means what it says, and that start and stop with time."""

    databases: DatabaseTimes
    failovers: FailoverTimes

    def create_db_instance(self) -> ActionResult:
        """A database; moto takes an automated snapshot of each."""
        answer = super().create_db_instance()
        forget_automated_backups(self.backend, answer.result["DBInstance"])  # type: ignore[index] # a dict
        return answer

    def describe_db_instances(self) -> ActionResult:
        """Databases; one without automated backups cannot be restored to any time."""
        answer = super().describe_db_instances()
        found = answer.result["DBInstances"]  # type: ignore[index] # a dict
        return PaginatedResult({"DBInstances": [_Shown(one, self.failovers) for one in found]})

    def start_db_instance(self) -> ActionResult:
        """Only a stopped database is started; it is available later."""
        database = self._resting("stopped", "start")
        self.databases.begin_start(database)
        return ActionResult({"DBInstance": _Shown(database, self.failovers)})

    def stop_db_instance(self) -> ActionResult:
        """Only an available database is stopped, for seven days at most."""
        database = self._resting("available", "stop")
        self.backend.stop_db_instance(database.db_instance_identifier)  # refuses what cannot be stopped
        self.databases.begin_stop(database)
        return ActionResult({"DBInstance": _Shown(database, self.failovers)})

    def reboot_db_instance(self) -> ActionResult:
        """Only an available database is rebooted, and only one with a standby by way of it."""
        database = self._resting("available", "stop")
        forced = self._get_bool_param("ForceFailover")
        if forced and not self.failovers.standby(database):
            raise InvalidParameterCombination("The DB instance is not configured for Multi-AZ: no failover.")
        if forced:
            self.failovers.fail_over(database)
        else:
            note(database, RESTARTED, self.failovers.now())
        return ActionResult({"DBInstance": _Shown(database, self.failovers)})

    def failover_db_cluster(self) -> ActionResult:
        """A reader becomes the writer of an available cluster, later."""
        name, target = self._get_param("DBClusterIdentifier"), self._get_param("TargetDBInstanceIdentifier")
        (cluster,) = self.backend.describe_db_clusters(name)
        if cluster.status != "available":
            raise InvalidDBClusterStateFault(f"The cluster {name} is {cluster.status}.")
        readers = [one for one in cluster.members if not one.is_cluster_writer]
        fit = [one for one in readers if target in {None, one.db_instance_identifier}]
        if not fit:
            raise InvalidDBClusterStateFault(f"The cluster {name} has no such instance to fail over to.")
        self.failovers.fail_over_cluster(cluster, fit[0])
        return ActionResult({"DBCluster": cluster})

    def _resting(self, status: str, verb: str) -> Any:
        name = self._get_param("DBInstanceIdentifier")
        (database,) = self.backend.describe_db_instances(name)
        if database.status != status:
            raise InvalidDBInstanceStateError(name, verb)
        return database


class _Shown:
    """A database as DescribeDBInstances shows it."""

    def __init__(self, database: Any, failovers: FailoverTimes) -> None:
        self._database = database
        self.availability_zone, standby = failovers.shown(database)
        self.secondary_availability_zone = standby or None

    @property
    def latest_restorable_time(self) -> Any:
        backed_up = self._database.backup_retention_period
        return self._database.latest_restorable_time if backed_up else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


def forget_automated_backups(backend: Any, database: Any) -> None:
    """Remove what moto backed up of a database that has no automated backups."""
    if database.backup_retention_period:
        return
    for key, snapshot in list(backend.database_snapshots.items()):
        if (snapshot.db_instance_identifier, snapshot.snapshot_type) == (
            database.db_instance_identifier,
            "automated",
        ):
            del backend.database_snapshots[key]


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for RDS's one URL, bound to the databases."""

    class BoundRds(LocalRds):
        pass

    BoundRds.databases, BoundRds.failovers = times.databases, times.failovers
    view: Callable[..., Any] = BoundRds.dispatch
    return view
