"""Middles that a few wild amounts cannot move far."""

import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.bill.robust import deviation, median

AMOUNTS = st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=20)


@given(amounts=AMOUNTS)
def test_with_equal_weights_it_is_the_median_that_everybody_knows(amounts: list[Decimal]) -> None:
    assert median([(amount, 3) for amount in amounts]) == statistics.median(amounts)


@given(amounts=AMOUNTS, weight=st.integers(1, 5))
def test_a_weight_counts_like_so_many_equal_amounts(amounts: list[Decimal], weight: int) -> None:
    first, *rest = amounts
    heavy = [(first, weight), *((amount, 1) for amount in rest)]
    assert median(heavy) == statistics.median([first] * weight + rest)


def test_the_deviation_is_how_far_half_of_them_lie_at_most() -> None:
    amounts = [(Decimal(amount), 1) for amount in (1, 10, 11, 12, 900)]
    assert deviation(amounts, median(amounts)) == 1


def test_of_nothing_there_is_no_middle() -> None:
    with pytest.raises(IndexError):
        median([])
