"""ElastiCache's replication groups: look at them and at what was noted of them, and test their failover.

Reads come first, changes after.  Source: "TestFailover" (ElastiCache API reference).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, cast

from aws import answered
from aws.account import Accounts, Place
from aws.database import MOST_MINUTES, Happening
from aws.database_events import SPARE
from aws.errors import NotFound, speaking_plainly
from aws.page import pages
from aws.tags import Tags

PRIMARY = "primary"


class ElastiCache(Protocol):
    """The client, as far as it is used here."""

    def get_paginator(self, _operation: str) -> Any:
        """Pages of a listing."""

    def list_tags_for_resource(self, **named: object) -> Mapping[str, Any]:
        """The tags of an ARN."""

    def test_failover(self, **named: object) -> Mapping[str, Any]:
        """Fail a shard over."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a shard."""

    id: str  # of its cache cluster, such as shop-001
    zone: str
    role: str  # primary, replica; "" with cluster mode, where ElastiCache says no role


@dataclass(frozen=True, slots=True)
class Shard:
    """A node group: one primary and its replicas."""

    id: str  # such as 0001
    state: str
    nodes: tuple[Node, ...]

    @property
    def primary(self) -> Node | None:
        """The node that is written to, where ElastiCache says which it is."""
        return next((one for one in self.nodes if one.role == PRIMARY), None)


@dataclass(frozen=True, slots=True)
class Cache:
    """A replication group; the words are ElastiCache's own."""

    id: str
    arn: str
    state: str  # available, creating, modifying, deleting ...
    fails_over: str  # automatic failover: enabled, disabled, enabling, disabling
    shards: tuple[Shard, ...]
    tags: Tags


@dataclass(frozen=True, slots=True)
class FailedOver:
    """ElastiCache took a failover on."""

    request_id: str
    at: datetime  # by ElastiCache's clock, which its events go by


def client(aws: Accounts, place: Place, *, once: bool = False) -> ElastiCache:
    """ElastiCache in a place; with `once` it repeats nothing by itself."""
    return cast("ElastiCache", aws.client("elasticache", place, once=once))


def find(elasticache: ElastiCache, id: str = "") -> Iterator[Cache]:  # noqa: A002 - ElastiCache's
    """Yield the replication group of this id, or all, without their tags.

    One that does not exist is absent.  Raises AwsError.
    """
    wanted = {"ReplicationGroupId": id} if id else {}
    found = elasticache.get_paginator("describe_replication_groups").paginate(**wanted)
    try:
        for page in pages("listing caches", found):
            yield from map(_cache, page["ReplicationGroups"])
    except NotFound:
        if not id:
            raise


def tags(elasticache: ElastiCache, arn: str) -> Tags:
    """The tags of a replication group; one call for each.  Raises AwsError."""
    with speaking_plainly(f"reading the tags of {arn.rpartition(':')[2]}"):
        return Tags.read(elasticache.list_tags_for_resource(ResourceName=arn).get("TagList", []))


def since(
    elasticache: ElastiCache,
    id: str,  # noqa: A002 - ElastiCache's
    moment: datetime,
    *,
    now: datetime,
) -> list[Happening]:
    """What was noted of a replication group since that moment of ElastiCache's clock, oldest first.

    Raises AwsError.
    """
    minutes = (max(now - moment, timedelta()) + SPARE) // timedelta(minutes=1)
    found = elasticache.get_paginator("describe_events").paginate(
        SourceIdentifier=id, SourceType="replication-group", Duration=min(minutes, MOST_MINUTES)
    )
    noted = [
        Happening(raw["Date"], raw.get("Message", ""))
        for page in pages(f"reading the events of {id}", found)
        for raw in page["Events"]
        if "Date" in raw
    ]
    return sorted((one for one in noted if one.at >= moment), key=lambda one: one.at)


# -- changes ------------------------------------------------------------------------------------------


def fail_over(
    elasticache_once: ElastiCache,
    id: str,  # noqa: A002 - ElastiCache's
    shard: str,
    *,
    otherwise: datetime,
) -> FailedOver:
    """Let a replica of a shard become its primary, and the old primary be made anew.

    Not repeatable.  At most 15 shards of an account in 24 hours.  Raises AwsError: Refused
    (TestFailoverNotAvailableFault, InvalidReplicationGroupState, APICallRateForCustomerExceeded ...).
    """
    with speaking_plainly(f"failing over {id}"):
        reply = elasticache_once.test_failover(ReplicationGroupId=id, NodeGroupId=shard)
    request_id = str(reply["ResponseMetadata"]["RequestId"])
    return FailedOver(request_id, answered.moment(reply, otherwise))


def _cache(raw: Mapping[str, Any]) -> Cache:
    return Cache(
        id=raw["ReplicationGroupId"],
        arn=raw.get("ARN", ""),
        state=raw.get("Status", ""),
        fails_over=raw.get("AutomaticFailover", ""),
        shards=tuple(map(_shard, raw.get("NodeGroups", []))),
        tags=Tags(),
    )


def _shard(raw: Mapping[str, Any]) -> Shard:
    nodes = tuple(
        Node(
            one.get("CacheClusterId", ""),
            one.get("PreferredAvailabilityZone", ""),
            one.get("CurrentRole", ""),
        )
        for one in raw.get("NodeGroupMembers", [])
    )
    return Shard(raw.get("NodeGroupId", ""), raw.get("Status", ""), nodes)
