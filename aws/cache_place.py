"""In which VPC a cache is.

ElastiCache says it of a node's subnet group only ("DescribeCacheClusters", "DescribeCacheSubnetGroups",
ElastiCache API reference).
"""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import NotFound, speaking_plainly


class ElastiCache(Protocol):
    """The client, as far as it is used here."""

    def describe_cache_clusters(self, **named: object) -> Mapping[str, Any]:
        """Nodes."""

    def describe_cache_subnet_groups(self, **named: object) -> Mapping[str, Any]:
        """Where nodes are."""


def client(aws: Accounts, place: Place) -> ElastiCache:
    """ElastiCache in a place."""
    return cast("ElastiCache", aws.client("elasticache", place))


def vpc_of(elasticache: ElastiCache, node_id: str) -> str:
    """The VPC of a node, by two calls; "" where ElastiCache does not say, or it is gone.  Raises AwsError."""
    try:
        with speaking_plainly(f"looking where {node_id} is"):
            (node,) = elasticache.describe_cache_clusters(CacheClusterId=node_id)["CacheClusters"]
            name = node.get("CacheSubnetGroupName", "")
            if not name:
                return ""
            found = elasticache.describe_cache_subnet_groups(CacheSubnetGroupName=name)
    except NotFound:
        return ""
    return next((str(one.get("VpcId", "")) for one in found["CacheSubnetGroups"]), "")
