"""What moved: every key's part of a difference, and the cut of the bill that tells most of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.bill.explain import Move, causes, moved, said, seen

SUMS = st.dictionaries(
    st.sampled_from(["EC2", "S3", "RDS", "Tax", "Lambda", ""]),
    st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=10),
)


def sums(**amounts: str) -> dict[str, Decimal]:
    return {key: Decimal(amount) for key, amount in amounts.items()}


def test_the_largest_difference_comes_first_up_or_down() -> None:
    found = moved(sums(EC2="50", S3="10", RDS="20"), sums(EC2="53", S3="9", RDS="5"))
    assert [(one.key, one.difference) for one in found] == [
        ("RDS", Decimal(-15)),
        ("EC2", Decimal(3)),
        ("S3", Decimal(-1)),
    ]


def test_what_did_not_change_did_not_move() -> None:
    assert moved(sums(EC2="50.00", S3="0"), sums(EC2="50")) == ()


def test_what_was_not_there_is_new_and_what_is_not_there_is_gone() -> None:
    bedrock, s3 = moved(sums(S3="1", Bedrock="0"), sums(Bedrock="7"))
    assert (bedrock.new, bedrock.gone, bedrock.difference) == (True, False, Decimal(7))
    assert (s3.new, s3.gone, s3.difference) == (False, True, Decimal(-1))


@given(before=SUMS, after=SUMS)
def test_the_moves_sum_to_the_whole_difference(before: dict[str, Decimal], after: dict[str, Decimal]) -> None:
    assert sum(one.difference for one in moved(before, after)) == sum(after.values()) - sum(before.values())


@given(before=SUMS, after=SUMS)
def test_back_again_is_the_same_the_other_way(before: dict[str, Decimal], after: dict[str, Decimal]) -> None:
    back = {one.key: -one.difference for one in moved(after, before)}
    assert {one.key: one.difference for one in moved(before, after)} == back


def test_the_cut_with_one_culprit_tells_more_than_the_cut_in_which_all_moved() -> None:
    cuts = {
        "service": (sums(EC2="60", S3="40"), sums(EC2="90", S3="60")),
        "account": (sums(dev="10", prod="90"), sums(dev="60", prod="90")),
    }
    first, second = causes(cuts)
    assert (first.by, first.moves[0].key, first.telling) == ("account", "dev", Decimal("0.9"))
    assert (second.by, second.telling) == ("service", Decimal(0))


def test_the_only_account_explains_nothing_and_a_cut_without_moves_is_no_cause() -> None:
    cuts = {
        "region": (sums(tokyo="5"), sums(tokyo="5")),
        "account": (sums(prod="5"), sums(prod="9")),
        "usage": (sums(Requests="5"), sums(Requests="5", Storage="4")),
    }
    assert [(one.by, one.telling) for one in causes(cuts)] == [("usage", Decimal(1)), ("account", Decimal(0))]


@given(before=SUMS, after=SUMS)
def test_how_much_a_cut_tells_is_between_nothing_and_all(
    before: dict[str, Decimal], after: dict[str, Decimal]
) -> None:
    assert all(0 <= one.telling <= 1 for one in causes({"service": (before, after)}))


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("10", "13", "EC2: +$3.00 (+30 %)"),
        ("10", "0", "EC2: -$10.00, gone"),
        ("0", "10", "EC2: +$10.00, new"),
        ("-10", "-4", "EC2: +$6.00"),
    ],
)
def test_a_move_is_said_in_money_and_where_it_means_something_in_percent(
    before: str, after: str, line: str
) -> None:
    (move,) = moved(sums(EC2=before), sums(EC2=after))
    assert str(said(move, "USD")) == line


def test_what_moved_by_less_than_a_cent_is_not_worth_a_line() -> None:
    moves = moved(sums(EC2="10", S3="0.001"), sums(EC2="10.0049", S3="0.006"))
    assert [one.key for one in seen(moves, "USD")] == ["S3"]


def test_what_carries_no_tag_is_named_so() -> None:
    assert str(said(Move("", Decimal(1), Decimal(2), Decimal(1)), "USD")) == "no tag: +$1.00 (+100 %)"
