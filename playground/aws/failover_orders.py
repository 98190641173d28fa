"""Orders for failovers: how long they take, and where a database or a cache is in truth."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moto.backends import get_backend

from playground.aws.caches import CacheStands, CacheTimes
from playground.aws.failovers import Course, FailoverTimes, Stands
from playground.aws.fleet import TOKYO
from playground.aws.outside_orders import OutsideOrders
from playground.aws.timers import Timers


@dataclass(slots=True)
class FailoverOrders(OutsideOrders):
    """What may be ordered and asked of failovers."""

    @property
    def failovers(self) -> FailoverTimes:
        """The databases that are failing over."""
        return self.times.failovers

    def databases_fail_over(
        self,
        start: float = 0.0,
        restart: float = 20.0,
        complete: float = 54.0,
        shows: float = 480.0,
        *,
        scale: float = 1.0,
    ) -> None:
        """Let failovers of databases go so from now on: seconds since the call, each times `scale`.

        RDS notes the first three; DescribeDBInstances has the new zone after `shows`.  Without this order
        all of it happens at once.
        """
        self.failovers.course = Course.scaled(start, restart, complete, shows, scale)

    def records_take(self, seconds: float = 0.0) -> None:
        """Let changes of Route 53's records be PENDING for so long from now on."""
        self.times.records.take = seconds

    def health_check_fails(self, *ids: str) -> None:
        """Let these health checks of Route 53 see no answer, and all others one."""
        self.times.records.ill = set(ids)

    def database_stands(self, name: str, account: str, region: str = TOKYO) -> Stands:
        """Where an instance or a cluster is now, and whether it is failing over.  LookupError without one."""
        with self.lock:
            self.times.settle()
            backend = get_backend("rds")[account][region]
            if name in backend.databases:
                return self.failovers.stands(backend.databases[name])
            return self.failovers.cluster_stands(backend.clusters[name])

    def fail_over_database(self, name: str, account: str, region: str = TOKYO) -> None:
        """Let RDS itself fail an instance over, as when its zone is lost.  ValueError without a standby."""
        with self.lock:
            self.times.settle()
            database: Any = get_backend("rds")[account][region].databases.get(name)
            if database is None or database.status != "available" or not self.failovers.standby(database):
                raise ValueError(f"the database {name} cannot fail over")
            self.failovers.fail_over(database)

    def timers_now(self, moment: str) -> None:
        """Let it be this moment (ISO 8601) for EventBridge Scheduler; without this order it is now."""
        with self.lock:
            self.times.timers.it_is(datetime.fromisoformat(moment))

    @property
    def timers(self) -> Timers:
        """The calls that EventBridge Scheduler will make, and has made."""
        return self.times.timers

    @property
    def caches(self) -> CacheTimes:
        """The caches that are failing over."""
        return self.times.caches

    def caches_fail_over(self, complete: float = 20.0, recover: float = 180.0, *, scale: float = 1.0) -> None:
        """Let failovers of caches go so from now on: seconds since the call, each times `scale`.

        After `recover` the old primary is a replica again.  Without this order it all happens at once.
        """
        self.caches.complete, self.caches.recover = complete * scale, recover * scale

    def cache_stands(self, name: str, account: str, region: str = TOKYO, shard: str = "0001") -> CacheStands:
        """Where a shard's primary is now, and whether it is failing over.  LookupError without one."""
        with self.lock:
            self.times.settle()
            group = get_backend("elasticache")[account][region].replication_groups[name]
            return self.caches.stands(group, shard)
