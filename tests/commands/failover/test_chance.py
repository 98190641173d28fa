"""Chance that can be had again.  Properties, over generated instances."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from commands.failover import _chance

IDS = some.sets(some.from_regex(r"i-[0-9a-f]{17}", fullmatch=True), min_size=2, max_size=20)
SEEDS = some.integers(min_value=0, max_value=2**63)


@given(IDS, SEEDS)
def test_the_same_seed_chooses_the_same_in_whatever_order_they_come(ids: set[str], seed: int) -> None:
    there = sorted(ids)
    assert _chance.order(there, seed) == _chance.order(reversed(there), seed)
    assert sorted(_chance.order(there, seed)) == there


@given(IDS, SEEDS)
def test_who_is_not_chosen_may_go_without_another_choice(ids: set[str], seed: int) -> None:
    first, *others = _chance.order(ids, seed)
    for gone in others:
        assert _chance.order(ids - {gone}, seed)[0] == first


def test_each_is_as_likely_as_any_other() -> None:
    ids = [f"i-{number}" for number in range(4)]
    hits = Counter(_chance.order(ids, seed)[0] for seed in range(4000))
    assert all(900 < hits[each] < 1100 for each in ids), hits


def test_without_a_seed_the_day_of_the_team_decides() -> None:
    late = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
    assert _chance.seed_of_day(late, ZoneInfo("Asia/Tokyo")) == 20261201
    assert _chance.seed_of_day(late, ZoneInfo("UTC")) == 20261130
