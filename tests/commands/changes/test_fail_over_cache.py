"""Caches fail over; what moto lacks of it is the local AWS's, which is tested by itself."""

from typing import Any

import pytest

from aws.account import Place
from aws.cache import Cache, Node, Shard
from aws.errors import Refused
from aws.tags import Tags
from bot.command import Sight
from commands import caches
from commands.changes import fail_over_cache
from commands.changes.fail_over_cache import FAIL_OVER_CACHE
from commands.reading import fields
from tests.commands.changes.sending import Hand
from tests.commands.desk import DEV_ID, TOKYO, Desk

HERE = Place("dev", TOKYO)
A, C = f"{TOKYO}a", f"{TOKYO}c"


def client(desk: Desk) -> Any:
    return desk.local.client("elasticache", account=DEV_ID, region=TOKYO)


@pytest.fixture
def hand(desk: Desk) -> Hand:
    client(desk).create_replication_group(
        ReplicationGroupId="sessions",
        ReplicationGroupDescription="of the shop",
        AutomaticFailoverEnabled=True,
        ReplicasPerNodeGroup=1,
        PreferredCacheClusterAZs=[A, C],
        Engine="redis",
        Tags=[{"Key": "toban:chaos", "Value": "allowed"}],
    )
    desk.local.control.caches_fail_over()
    return Hand(desk, FAIL_OVER_CACHE)


@pytest.fixture
def cache(hand: Hand) -> Cache:
    (found,) = caches.in_place(hand.world, HERE)
    return found


def test_a_cache_is_read_with_its_tags_and_where_its_nodes_are(cache: Cache) -> None:
    assert (cache.id, cache.state, cache.fails_over, dict(cache.tags)) == (
        "sessions",
        "available",
        "enabled",
        {"toban:chaos": "allowed"},
    )
    (shard,) = cache.shards
    assert shard.nodes == (Node("sessions-001", A, "primary"), Node("sessions-002", C, "replica"))
    assert shard.primary == shard.nodes[0]
    assert caches.resource(HERE, cache).tags == (("toban:chaos", "allowed"),)


def test_over_is_what_was_noted_as_completed_and_is_whole_again(hand: Hand, cache: Cache) -> None:
    step = fail_over_cache.failing_over(HERE, cache, cache.shards[0])
    assert (
        hand.look(step)
        == step.before
        == fields(failover="enabled", primary="sessions-001", state="available")
    )
    sent = hand.call(step)
    seen = [hand.watch(sent)]
    for seconds in (30, 160):
        hand.pass_(seconds)
        seen.append(hand.watch(sent))
    assert [one.sight for one in seen] == [Sight.COMING, Sight.COMING, Sight.REACHED]
    assert "sessions-001 to replica node sessions-002 completed" in str(seen[1].shows)
    assert hand.look(step) == fields(failover="enabled", primary="sessions-002", state="available")


def test_an_earlier_failover_does_not_count(hand: Hand, cache: Cache) -> None:
    step = fail_over_cache.failing_over(HERE, cache, cache.shards[0])
    hand.call(step)
    hand.pass_(600)
    seen = hand.watch(hand.call(step))
    assert (seen.sight, "noted no failover as completed yet" in str(seen.shows)) == (Sight.COMING, True)


def test_one_that_is_gone_is_seen(hand: Hand, cache: Cache) -> None:
    step = fail_over_cache.failing_over(HERE, cache, cache.shards[0])
    client(hand.desk).delete_replication_group(ReplicationGroupId="sessions", RetainPrimaryCluster=False)
    hand.desk.local.backend("elasticache", DEV_ID, TOKYO).replication_groups.clear()
    assert hand.look(step) is None


def test_one_that_is_busy_is_refused(hand: Hand, cache: Cache) -> None:
    step = fail_over_cache.failing_over(HERE, cache, cache.shards[0])
    hand.call(step)
    with pytest.raises(Refused, match="InvalidReplicationGroupState"):
        hand.call(step)


@pytest.mark.parametrize(
    ("state", "fails_over", "nodes", "why"),
    [
        ("available", "enabled", 2, None),
        ("modifying", "enabled", 2, "it is modifying"),
        ("available", "disabled", 2, "its automatic failover is disabled"),
        ("available", "enabled", 1, "its shard 0001 has no replica: nothing can take over"),
    ],
)
def test_why_one_cannot_be_failed_over(state: str, fails_over: str, nodes: int, why: str | None) -> None:
    shard = Shard("0001", "available", tuple(Node(f"n-{at}", A, "") for at in range(nodes)))
    one = Cache("sessions", "arn", state, fails_over, (shard,), Tags())
    said = fail_over_cache.why_not(one, shard)
    assert (str(said) if said else None) == why
