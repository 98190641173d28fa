"""Forced failovers of databases, as they go in time: RDS's events, its state, and where the primary is.

moto answers RebootDBInstance with ForceFailover and does nothing; FailoverDBCluster works at once, silently.
The order and the seconds are those of a real run: started, 20 s later restarted, 54 s later completed, and
DescribeDBInstances showed the new zone after about eight minutes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from moto.backends import get_backend
from moto.core.utils import utcnow

from playground.aws.clock import Clock
from playground.aws.database_notes import note, note_cluster

STARTED, RESTARTED = "Multi-AZ instance failover started", "DB instance restarted"
COMPLETED = "Multi-AZ instance failover completed"
"""RDS-EVENT-0013, 0006 and 0049 of "Amazon RDS event categories and event messages"."""


@dataclass(frozen=True, slots=True)
class Course:
    """When what happens, in seconds since a failover was asked for."""

    start: float = 0.0
    restart: float = 0.0
    complete: float = 0.0
    shows: float = 0.0  # DescribeDBInstances has the new zone

    @classmethod
    def scaled(cls, start: float, restart: float, complete: float, shows: float, scale: float) -> "Course":
        """The same, so many times as long."""
        return cls(start * scale, restart * scale, complete * scale, shows * scale)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a database is in truth, whatever DescribeDBInstances shows."""

    primary: str  # the zone; of a cluster that of its writer
    standby: str  # the zone of the standby, or of a reader; "" without one
    failing_over: bool  # from the start to the completion
    since: float | None  # when that failover, or the last one, was asked for, on the local AWS's clock
    writer: str = ""  # of a cluster


@dataclass(slots=True)
class _Due:
    at: float  # on the clock
    moment: datetime  # in UTC, as RDS writes it
    do: Callable[[datetime], None]


@dataclass(slots=True)
class FailoverTimes:
    """The failovers under way, and how the next ones go; at once, unless that was ordered otherwise."""

    clock: Clock
    course: Course = field(default_factory=Course)
    _due: list[_Due] = field(default_factory=list)
    _standby: dict[str, str] = field(default_factory=dict)  # by ARN: the zone
    _shown: dict[str, tuple[str, str]] = field(default_factory=dict)  # by ARN: zones shown after a failover
    _since: dict[str, float] = field(default_factory=dict)  # by ARN

    def reset(self) -> None:
        """Forget every failover; the next ones happen at once."""
        self.course = Course()
        for one in (self._due, self._standby, self._shown, self._since):
            one.clear()

    def settle(self) -> None:
        """Let everything happen whose time has come, in order."""
        now = self.clock.now()
        while due := min((one for one in self._due if one.at <= now), key=lambda one: one.at, default=None):
            self._due.remove(due)
            due.do(due.moment)

    # -- of instances ----------------------------------------------------------------------------------

    def fail_over(self, database: Any) -> None:
        """An instance in several zones was told to fail over."""
        arn, home = database.db_instance_arn, database.availability_zone
        away = self.standby(database)
        self._shown.setdefault(arn, (home, away))
        self._since[arn] = self.clock.now()
        database.status = "rebooting"

        self._plan(
            (self.course.start, partial(note, database, STARTED)),
            (self.course.restart, partial(self._swap, database, home, away)),
            (self.course.complete, partial(_complete, database)),
            (max(self.course.shows, self.course.complete), partial(self._show, arn)),
        )

    def _swap(self, database: Any, home: str, away: str, at: datetime) -> None:
        database.availability_zone, self._standby[database.db_instance_arn] = away, home
        note(database, RESTARTED, at)

    def _show(self, arn: str, _at: datetime) -> None:
        self._shown.pop(arn, None)

    def standby(self, database: Any) -> str:
        """The zone of an instance's standby; "" without one."""
        if not database.multi_az or database.db_cluster_identifier:
            return ""
        others = (zone for zone in _zones(database) if zone != database.availability_zone)
        return self._standby.setdefault(database.db_instance_arn, next(others, database.availability_zone))

    def shown(self, database: Any) -> tuple[str, str]:
        """The zones of primary and standby as DescribeDBInstances shows them: late after a failover."""
        truth = (database.availability_zone, self.standby(database))
        return self._shown.get(database.db_instance_arn, truth)

    def stands(self, database: Any) -> Stands:
        """Where an instance is, and whether it is failing over."""
        return Stands(
            database.availability_zone,
            self.standby(database),
            database.status == "rebooting",
            self._since.get(database.db_instance_arn),
        )

    # -- of clusters -----------------------------------------------------------------------------------

    def fail_over_cluster(self, cluster: Any, reader: Any) -> None:
        """A cluster was told to make this reader its writer."""
        old, name = cluster.writer, reader.db_instance_identifier
        self._since[cluster.db_cluster_arn] = self.clock.now()
        cluster.status = "failing-over"
        crosses = old.availability_zone != reader.availability_zone
        begins = f"Started {'cross' if crosses else 'same'} AZ failover to DB instance: {name}"

        ends = f"Completed failover to DB instance: {name}"
        self._plan(
            (self.course.start, partial(note_cluster, cluster, begins)),
            (self.course.restart, partial(_promote, cluster, old, reader)),
            (self.course.complete, partial(_complete_cluster, cluster, ends)),
        )

    def cluster_stands(self, cluster: Any) -> Stands:
        """Where a cluster's writer is, and whether it is failing over."""
        members = {one.db_instance_identifier: one.availability_zone for one in cluster.members}
        writer = cluster.writer.db_instance_identifier if cluster.writer else ""
        readers = (zone for name, zone in members.items() if name != writer)
        busy = cluster.status == "failing-over"
        since = self._since.get(cluster.db_cluster_arn)
        return Stands(members.get(writer, ""), next(readers, ""), busy, since, writer)

    def now(self) -> datetime:
        """The time in UTC, as RDS writes it."""
        return utcnow() + timedelta(seconds=self.clock.ahead)

    def _plan(self, *what: tuple[float, Callable[[datetime], None]]) -> None:
        """So many seconds from now each."""
        now, moment = self.clock.now(), self.now()
        self._due += [_Due(now + seconds, moment + timedelta(seconds=seconds), do) for seconds, do in what]


def _complete(database: Any, at: datetime) -> None:
    database.status = "available"
    note(database, COMPLETED, at)


def _promote(cluster: Any, old: Any, reader: Any, at: datetime) -> None:
    cluster.failover(reader)
    for one in (old, reader):
        note(one, RESTARTED, at)


def _complete_cluster(cluster: Any, message: str, at: datetime) -> None:
    cluster.status = "available"
    note_cluster(cluster, message, at)


def _zones(database: Any) -> Iterator[str]:
    """The zones that an instance may be in: those of its subnets, or all of the region."""
    backend = database.backend
    group = getattr(database, "db_subnet_group", None)
    if group is not None:
        yield from (one["SubnetAvailabilityZone"]["Name"] for one in group.subnets)
    found = get_backend("ec2")[backend.account_id][backend.region_name].describe_availability_zones()
    yield from (zone.name for zone in found)
