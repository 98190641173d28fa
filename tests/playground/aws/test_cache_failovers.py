"""Failovers of caches in the local AWS, which moto does not have: a fake that is tested by itself."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.canned import hold_against_model
from tests.playground.aws.conftest import ONCE, PRODUCTION

HERE, THERE = "ap-northeast-1a", "ap-northeast-1c"


@pytest.fixture
def cache(aws: LocalAws) -> Any:
    client = aws.client("elasticache", account=PRODUCTION, config=ONCE)
    for name, replicas in (("sessions", 1), ("lone", 0)):
        client.create_replication_group(
            ReplicationGroupId=name,
            ReplicationGroupDescription=name,
            AutomaticFailoverEnabled=bool(replicas),
            ReplicasPerNodeGroup=replicas,
            PreferredCacheClusterAZs=[HERE, THERE][: replicas + 1],
            Engine="redis",
        )
    return client


def fail_over(cache: Any, name: str = "sessions") -> Any:
    return cache.test_failover(ReplicationGroupId=name, NodeGroupId="0001")


def shown(cache: Any) -> dict[str, Any]:
    (found,) = cache.describe_replication_groups(ReplicationGroupId="sessions")["ReplicationGroups"]
    return dict(found)


def primaries(cache: Any) -> list[str]:
    nodes = shown(cache)["NodeGroups"][0]["NodeGroupMembers"]
    return [one["CacheClusterId"] for one in nodes if one["CurrentRole"] == "primary"]


def test_a_replica_takes_over_and_the_old_primary_is_made_anew(aws: LocalAws, cache: Any) -> None:
    aws.control.caches_fail_over()
    fail_over(cache)
    assert (shown(cache)["Status"], primaries(cache)) == ("modifying", ["sessions-001"])
    assert aws.control.cache_stands("sessions", PRODUCTION).failing_over
    aws.control.advance(20)
    assert (shown(cache)["Status"], primaries(cache)) == ("modifying", ["sessions-002"])
    stands = aws.control.cache_stands("sessions", PRODUCTION)
    assert (stands.primary, stands.node, stands.failing_over) == (THERE, "sessions-002", False)
    aws.control.advance(160)
    assert shown(cache)["Status"] == "available"


def test_it_tells_of_it_in_the_order_that_aws_names(aws: LocalAws, cache: Any) -> None:
    aws.control.caches_fail_over()
    fail_over(cache)
    aws.control.advance(180)
    found = cache.describe_events()["Events"]
    assert [(one["SourceType"], one["Message"]) for one in found] == [
        ("replication-group", "Test Failover API called for node group 0001"),
        ("cache-cluster", "Failover from primary node sessions-001 to replica node sessions-002 completed"),
        (
            "replication-group",
            "Failover from primary node sessions-001 to replica node sessions-002 completed",
        ),
        ("cache-cluster", "Recovering cache nodes 0001"),
        ("cache-cluster", "Finished recovery for cache nodes 0001"),
    ]
    assert (found[2]["Date"] - found[0]["Date"]).total_seconds() == 20
    of_group = cache.describe_events(SourceIdentifier="sessions", SourceType="replication-group")["Events"]
    assert len(of_group) == 2
    assert aws.client("elasticache", account="222222222222").describe_events()["Events"] == []


def test_a_second_failover_brings_it_home(aws: LocalAws, cache: Any) -> None:
    for _ in range(2):
        fail_over(cache)
        aws.control.settle()
    assert primaries(cache) == ["sessions-001"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("lone", "TestFailoverNotAvailableFault"),
        ("busy", "InvalidReplicationGroupState"),
        ("nobody", "ReplicationGroupNotFound"),
    ],
)
def test_without_a_replica_or_while_busy_there_is_none(
    aws: LocalAws, cache: Any, name: str, code: str
) -> None:
    if name == "busy":
        aws.control.caches_fail_over()
        fail_over(cache)
    with pytest.raises(ClientError, match=code):
        fail_over(cache, "sessions" if name == "busy" else name)


def test_a_shard_of_a_cluster_says_no_roles(aws: LocalAws, cache: Any) -> None:
    cache.create_replication_group(
        ReplicationGroupId="many",
        ReplicationGroupDescription="many",
        AutomaticFailoverEnabled=True,
        ClusterMode="enabled",
        NumNodeGroups=2,
        ReplicasPerNodeGroup=1,
        Engine="redis",
    )
    cache.test_failover(ReplicationGroupId="many", NodeGroupId="0002")
    (found,) = cache.describe_replication_groups(ReplicationGroupId="many")["ReplicationGroups"]
    assert all("CurrentRole" not in one for one in found["NodeGroups"][1]["NodeGroupMembers"])
    assert aws.control.cache_stands("many", PRODUCTION, shard="0002").node == "many-0002-002"
    assert aws.control.cache_stands("many", PRODUCTION, shard="0001").node == "many-0001-001"


def test_what_it_answers_is_what_the_model_knows(aws: LocalAws, cache: Any) -> None:
    answers = {"TestFailover": fail_over(cache)}
    aws.control.settle()
    answers["DescribeEvents"] = cache.describe_events()
    for name, answer in answers.items():
        del answer["ResponseMetadata"]
        hold_against_model(cache.meta.service_model.operation_model(name), answer)
    told = {key for one in answers["DescribeEvents"]["Events"] for key in one}
    assert told == {"Date", "Message", "SourceIdentifier", "SourceType"}
    assert answers["TestFailover"]["ReplicationGroup"]["Status"] == "modifying"
