"""Where a cache is: contract tests against replies written by hand."""

from typing import Any

import pytest

from aws import cache_place
from tests.canned import TOKYO, CannedAccounts, Refusal

NODE = {"CacheClusters": [{"CacheClusterId": "sessions-001", "CacheSubnetGroupName": "cache"}]}
GROUP = {"CacheSubnetGroups": [{"CacheSubnetGroupName": "cache", "VpcId": "vpc-1"}]}


def vpc(node: Any, group: Any = GROUP) -> str:
    replies = {"elasticache.DescribeCacheClusters": node, "elasticache.DescribeCacheSubnetGroups": group}
    return cache_place.vpc_of(cache_place.client(CannedAccounts(replies), TOKYO), "sessions-001")


def test_a_cache_is_in_the_vpc_of_its_subnet_group() -> None:
    assert vpc(NODE) == "vpc-1"


@pytest.mark.parametrize(
    ("node", "group"),
    [
        (Refusal("CacheClusterNotFound"), GROUP),
        (NODE, Refusal("CacheSubnetGroupNotFoundFault")),
        ({"CacheClusters": [{"CacheClusterId": "sessions-001"}]}, GROUP),
        (NODE, {"CacheSubnetGroups": []}),
    ],
    ids=["the node is gone", "the group is gone", "it has none", "nothing is said"],
)
def test_where_nobody_says_it_is_nowhere(node: Any, group: Any) -> None:
    assert vpc(node, group) == ""
