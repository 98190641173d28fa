"""RDS as AWS answers it where moto is too kind: backups that are none, and starts and stops take time."""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult, PaginatedResult
from moto.rds.exceptions import InvalidDBInstanceStateError
from moto.rds.responses import RDSResponse

from playground.aws.databases import DatabaseTimes
from playground.aws.times import Times


class LocalRds(RDSResponse):
    """Databases whose BackupRetentionPeriod of 0 means what it says, and that start and stop with time."""

    databases: DatabaseTimes

    def create_db_instance(self) -> ActionResult:
        """A database; moto takes an automated snapshot of each."""
        answer = super().create_db_instance()
        forget_automated_backups(self.backend, answer.result["DBInstance"])  # type: ignore[index] # a dict
        return answer

    def describe_db_instances(self) -> ActionResult:
        """Databases; one without automated backups cannot be restored to any time."""
        answer = super().describe_db_instances()
        found = answer.result["DBInstances"]  # type: ignore[index] # a dict
        return PaginatedResult({"DBInstances": [_Shown(one) for one in found]})

    def start_db_instance(self) -> ActionResult:
        """Only a stopped database is started; it is available later."""
        database = self._resting("stopped", "start")
        self.databases.begin_start(database)
        return ActionResult({"DBInstance": _Shown(database)})

    def stop_db_instance(self) -> ActionResult:
        """Only an available database is stopped, for seven days at most."""
        database = self._resting("available", "stop")
        self.backend.stop_db_instance(database.db_instance_identifier)  # refuses what cannot be stopped
        self.databases.begin_stop(database)
        return ActionResult({"DBInstance": _Shown(database)})

    def _resting(self, status: str, verb: str) -> Any:
        name = self._get_param("DBInstanceIdentifier")
        (database,) = self.backend.describe_db_instances(name)
        if database.status != status:
            raise InvalidDBInstanceStateError(name, verb)
        return database


class _Shown:
    """A database as DescribeDBInstances shows it."""

    def __init__(self, database: Any) -> None:
        self._database = database

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

    BoundRds.databases = times.databases
    view: Callable[..., Any] = BoundRds.dispatch
    return view
