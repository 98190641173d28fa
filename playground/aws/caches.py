"""Caches whose failover is tested, as it goes in time: what is noted of it, and which node is the primary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from moto.core.utils import utcnow

from playground.aws.clock import Clock

ASKED = "Test Failover API called for node group {shard}"
COMPLETED = "Failover from primary node {old} to replica node {new} completed"
RECOVERS, RECOVERED = "Recovering cache nodes {old}", "Finished recovery for cache nodes {old}"
"""What is noted of a failover, in this order ("TestFailover", ElastiCache API reference)."""


@dataclass(frozen=True, slots=True)
class CacheStands:
    """Where a shard is in truth."""

    primary: str  # the zone of its primary
    node: str  # its cache cluster
    failing_over: bool  # nobody answers for writes
    since: float | None  # when that failover, or the last one, was asked for, on the local AWS's clock


@dataclass(frozen=True, slots=True)
class Noted:
    """An event, as DescribeEvents shows it."""

    arn: str  # of the replication group
    source: str
    kind: str  # replication-group, cache-cluster
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Due:
    at: float  # on the clock
    moment: datetime
    do: Callable[[datetime], None]


@dataclass(slots=True)
class CacheTimes:
    """The shards that are failing over, what was noted, and how long the next ones take."""

    clock: Clock
    complete: float = 0.0  # seconds until a replica is the primary
    recover: float = 0.0  # seconds until the old primary is a replica
    noted: list[Noted] = field(default_factory=list)
    _due: list[_Due] = field(default_factory=list)
    _since: dict[tuple[str, str], float] = field(default_factory=dict)
    _busy: set[tuple[str, str]] = field(default_factory=set)
    _primary: dict[tuple[str, str], str] = field(default_factory=dict)  # of a shard that shows no roles

    def reset(self) -> None:
        """Forget every failover and event; the next ones happen at once."""
        self.complete = self.recover = 0.0
        for one in (self.noted, self._due, self._since, self._busy, self._primary):
            one.clear()

    def settle(self) -> None:
        """Let everything happen whose time has come, in order."""
        now = self.clock.now()
        while due := min((one for one in self._due if one.at <= now), key=lambda one: one.at, default=None):
            self._due.remove(due)
            due.do(due.moment)

    def fail_over(self, group: Any, shard: Mapping[str, Any]) -> None:
        """The first replica of a shard is to be its primary."""
        key = (group.arn, shard["node_group_id"])
        old = self._writer(group, shard)
        new = next(one for one in shard["node_group_members"] if one is not old)
        self._since[key] = self.clock.now()
        self._busy.add(key)
        group.status = "modifying"
        self._plan(
            (0, partial(self._note, group, ASKED.format(shard=key[1]), None)),
            (self.complete, partial(self._swap, group, key, old, new)),
            (max(self.complete, self.recover), partial(self._recovered, group, old)),
        )

    def stands(self, group: Any, shard_id: str) -> CacheStands:
        """Where a shard's primary is, and whether it is failing over."""
        key = (group.arn, shard_id)
        shard = next(one for one in group.node_groups if one["node_group_id"] == shard_id)
        writer = self._writer(group, shard)
        zone, node = writer["preferred_availability_zone"], writer["cache_cluster_id"]
        return CacheStands(zone, node, key in self._busy, self._since.get(key))

    def _writer(self, group: Any, shard: Mapping[str, Any]) -> dict[str, Any]:
        nodes: list[dict[str, Any]] = shard["node_group_members"]
        known = self._primary.get((group.arn, shard["node_group_id"]), nodes[0]["cache_cluster_id"])
        return next(one for one in nodes if one["cache_cluster_id"] == known)

    def _swap(
        self, group: Any, key: tuple[str, str], old: dict[str, Any], new: dict[str, Any], at: datetime
    ) -> None:
        if "current_role" in old:  # not with cluster mode
            old["current_role"], new["current_role"] = "replica", "primary"
        self._primary[key] = new["cache_cluster_id"]
        self._busy.discard(key)
        said = COMPLETED.format(old=old["cache_cluster_id"], new=new["cache_cluster_id"])
        self._note(group, said, old, at)
        self._note(group, said, None, at)
        self._note(group, RECOVERS.format(old=old["cache_node_id"]), old, at)

    def _recovered(self, group: Any, old: Mapping[str, Any], at: datetime) -> None:
        group.status = "available"
        self._note(group, RECOVERED.format(old=old["cache_node_id"]), old, at)

    def _note(self, group: Any, message: str, node: Mapping[str, Any] | None, at: datetime) -> None:
        source = node["cache_cluster_id"] if node else group.replication_group_id
        kind = "cache-cluster" if node else "replication-group"
        self.noted.append(Noted(group.arn, source, kind, message, at))

    def _plan(self, *what: tuple[float, Callable[[datetime], None]]) -> None:
        """So many seconds from now each."""
        now, moment = self.clock.now(), utcnow() + timedelta(seconds=self.clock.ahead)
        self._due += [_Due(now + seconds, moment + timedelta(seconds=seconds), do) for seconds, do in what]
