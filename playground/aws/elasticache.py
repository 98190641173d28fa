"""ElastiCache as AWS answers it where moto has nothing: events, and a failover that is tested."""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.elasticache.exceptions import ElastiCacheException, InvalidParameterValueException
from moto.elasticache.responses import ElastiCacheResponse

from playground.aws.caches import CacheTimes, Noted
from playground.aws.paging import page
from playground.aws.times import Times


class WrongState(ElastiCacheException):
    """The cache is busy."""

    code = "InvalidReplicationGroupState"


class NoFailover(ElastiCacheException):
    """Nothing can take over."""

    code = "TestFailoverNotAvailableFault"


class LocalElastiCache(ElastiCacheResponse):
    """moto's replication groups, that can fail over and tell of it."""

    caches: CacheTimes

    def create_replication_group(self) -> ActionResult:
        """A cache that remembers its subnet group, which moto forgets."""
        answer = super().create_replication_group()
        groups = self.elasticache_backend.replication_groups
        group: Any = groups[self._get_param("ReplicationGroupId")]
        group.subnets_of = self._get_param("CacheSubnetGroupName")
        return answer

    def describe_cache_clusters(self) -> ActionResult:
        """A node of a cache too, as far as it says where it is; moto knows only those that stand alone."""
        wanted = self._get_param("CacheClusterId")
        for group in self.elasticache_backend.replication_groups.values():
            nodes = [node for shard in group.node_groups for node in shard["node_group_members"]]
            if wanted in {node["cache_cluster_id"] for node in nodes}:
                where = getattr(group, "subnets_of", None)
                row = {"CacheClusterId": wanted, "CacheSubnetGroupName": where}
                return ActionResult({"CacheClusters": [row]})
        return super().describe_cache_clusters()

    def test_failover(self) -> ActionResult:
        """A replica of an available shard becomes its primary, later."""
        name, wanted = self._get_param("ReplicationGroupId"), self._get_param("NodeGroupId")
        (group,) = self.elasticache_backend.describe_replication_groups(replication_group_id=name)
        shard = next((one for one in group.node_groups if one["node_group_id"] == wanted), None)
        if shard is None:
            raise InvalidParameterValueException(f"Node group {wanted} not found.")
        if group.status != "available":
            raise WrongState(f"Replication group {name} is {group.status}.")
        if group.automatic_failover != "enabled" or len(shard["node_group_members"]) < 2:
            raise NoFailover(f"Automatic failover is not enabled for {name}, or it has no replica.")
        self.caches.fail_over(group, shard)
        return ActionResult({"ReplicationGroup": group})

    def describe_events(self) -> ActionResult:
        """What was noted, page by page; all that there is, however long ago that was."""
        here = f":{self.region}:{self.current_account}:"
        source, kind = self._get_param("SourceIdentifier"), self._get_param("SourceType")
        found = [
            _row(one)
            for one in self.caches.noted
            if here in one.arn and source in {None, one.source} and kind in {None, one.kind}
        ]
        rows, marker = page(found, self._get_param("MaxRecords"), self._get_param("Marker"))
        return ActionResult({"Events": rows, "Marker": marker})


def _row(one: Noted) -> dict[str, Any]:
    return {
        "SourceIdentifier": one.source,
        "SourceType": one.kind,
        "Message": one.message,
        "Date": one.at,
    }


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for ElastiCache's one URL, bound to the failovers."""

    class BoundElastiCache(LocalElastiCache):
        pass

    BoundElastiCache.caches = times.caches
    view: Callable[..., Any] = BoundElastiCache.dispatch
    return view
