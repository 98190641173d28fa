"""How toban reads ElastiCache; the replies are written by hand and held against botocore's model."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aws import cache
from aws.errors import Throttled
from tests.canned import TOKYO, CannedAccounts, Refusal

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
NODES = [{"CacheClusterId": f"many-0001-00{n}", "PreferredAvailabilityZone": f"zone-{n}"} for n in (1, 2)]
MANY = {
    "ReplicationGroupId": "many",
    "Status": "available",
    "AutomaticFailover": "enabled",
    "ClusterEnabled": True,
    "NodeGroups": [{"NodeGroupId": "0001", "Status": "available", "NodeGroupMembers": NODES}],
}


def client(**replies: Any) -> cache.ElastiCache:
    written = {f"elasticache.{name}": reply for name, reply in replies.items()}
    return cache.client(CannedAccounts(written), TOKYO)


def test_with_cluster_mode_nobody_says_which_node_is_the_primary() -> None:
    (one,) = cache.find(client(DescribeReplicationGroups={"ReplicationGroups": [MANY]}))
    (shard,) = one.shards
    assert [(node.zone, node.role) for node in shard.nodes] == [("zone-1", ""), ("zone-2", "")]
    assert shard.primary is None


def test_one_that_does_not_exist_is_absent_and_any_other_no_is_an_error() -> None:
    gone = client(DescribeReplicationGroups=Refusal("ReplicationGroupNotFoundFault", status=404))
    assert list(cache.find(gone, "sessions")) == []
    busy = client(DescribeReplicationGroups=Refusal("Throttling"))
    with pytest.raises(Throttled):
        list(cache.find(busy, "sessions"))


def test_what_was_noted_since_comes_oldest_first() -> None:
    asked: list[Mapping[str, Any]] = []

    def answer(params: Mapping[str, Any]) -> dict[str, object]:
        asked.append(params)
        noted = [(9, "second"), (3, "first"), (-1, "before")]
        return {"Events": [{"Date": AT + timedelta(seconds=at), "Message": said} for at, said in noted]}

    found = cache.since(client(DescribeEvents=answer), "sessions", AT, now=AT + timedelta(minutes=2))
    assert [one.message for one in found] == ["first", "second"]
    assert (asked[0]["SourceType"], asked[0]["Duration"]) == ("replication-group", 62)
