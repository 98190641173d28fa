"""Which weights and roles move how much of a name's traffic."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aws.record import PRIMARY, SECONDARY, Record
from bot.plan import Fields
from commands.changes import traffic

HOME, AWAY = "A tokyo", "A virginia"
WEIGHTS = some.dictionaries(
    some.sampled_from([f"{kind} {name}" for kind in ("A", "AAAA") for name in ("a", "b", "c")]),
    some.integers(0, 255).map(str),
    min_size=1,
)


def weighted(name: str, weight: int, kind: str = "A") -> Record:
    raw = {"Name": "shop.example.com.", "Type": kind, "SetIdentifier": name, "Weight": weight}
    return Record("shop.example.com", kind, name, "weighted", weight, raw=raw)


def failing(name: str, role: str) -> Record:
    raw = {"Name": "shop.example.com.", "Type": "A", "SetIdentifier": name, "Failover": role}
    return Record("shop.example.com", "A", name, "failover", failover=role, raw=raw)


@pytest.mark.parametrize(
    ("now", "percent", "then"),
    [
        ({HOME: "1", AWAY: "0"}, 10, {HOME: "90", AWAY: "10"}),
        ({HOME: "255", AWAY: "0"}, 100, {HOME: "0", AWAY: "100"}),
        ({"A a": "2", "A b": "1", AWAY: "0"}, 50, {"A a": "34", "A b": "16", AWAY: "50"}),
        ({"A a": "0", "A b": "0", AWAY: "0"}, 50, {"A a": "25", "A b": "25", AWAY: "50"}),
        ({"A a": "9", "A old": "0", AWAY: "0"}, 50, {"A a": "50", "A old": "0", AWAY: "50"}),
    ],
)
def test_a_stage_reads_as_percent_and_keeps_the_others_in_proportion(
    now: dict[str, str], percent: int, then: dict[str, str]
) -> None:
    assert dict(traffic.with_share(tuple(sorted(now.items())), {AWAY}, percent)) == then


@given(WEIGHTS, some.integers(1, 100))
def test_of_every_type_a_target_takes_exactly_its_share(weights: dict[str, str], percent: int) -> None:
    now: Fields = tuple(sorted(weights.items()))
    kinds = {name.partition(" ")[0] for name in weights}
    targets = {next(name for name in weights if name.partition(" ")[0] == kind) for kind in kinds}
    then = traffic.with_share(now, targets, percent)
    assert [name for name, _ in then] == [name for name, _ in now]
    assert all(0 <= int(value) <= 255 for _, value in then)
    alone = {kind for kind in kinds if sum(name.partition(" ")[0] == kind for name in weights) == 1}
    if not alone:
        assert traffic.share(then, targets) == pytest.approx(percent / 100)


def test_where_nothing_weighs_anything_all_are_answered_alike() -> None:
    assert traffic.share(((HOME, "0"), (AWAY, "0")), {AWAY}) == 0.5
    assert (
        traffic.share((("A a", "1"), ("A b", "3"), ("AAAA a", "1"), ("AAAA b", "0")), {"A b", "AAAA b"}) == 0
    )


def test_two_that_fail_over_to_each_other_swap_their_roles() -> None:
    now = traffic.shown([failing("tokyo", PRIMARY), failing("virginia", SECONDARY)])
    assert now == ((HOME, PRIMARY), (AWAY, SECONDARY))
    assert traffic.share(now, {AWAY}) == 0
    assert traffic.swapped(now) == ((HOME, SECONDARY), (AWAY, PRIMARY))
    assert traffic.share(traffic.swapped(now), {AWAY}) == 1


def test_only_what_differs_goes_and_comes_back_as_wanted() -> None:
    records = [weighted("tokyo", 1), weighted("virginia", 0), weighted("osaka", 7)]
    gone, come = traffic.exchange(records, ((HOME, "0"), (AWAY, "100"), ("A osaka", "7")))
    assert [one.id for one in gone] == ["tokyo", "virginia"]
    assert [(one["SetIdentifier"], one["Weight"]) for one in come] == [("tokyo", 0), ("virginia", 100)]


def test_a_record_that_is_gone_or_not_meant_is_left_alone() -> None:
    gone, come = traffic.exchange([weighted("tokyo", 1), weighted("new", 5)], ((HOME, "1"), (AWAY, "0")))
    assert (gone, come) == ([], [])


def test_a_simple_record_has_no_weight_to_show() -> None:
    assert traffic.shown([Record("x", "TXT", "", "simple"), weighted("tokyo", 3)]) == ((HOME, "3"),)
