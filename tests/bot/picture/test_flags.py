"""Flags that do not hide one another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.picture.flags import APART, placed, shape
from bot.timeline import Sign
from tests.bot.picture.timelines import flag


def test_a_flag_with_room_hangs_at_its_pole_on_the_lowest_row() -> None:
    [one, two] = placed([(100.0, flag(0)), (300.0, flag(1))], 1160)
    assert [(each.number, each.x, each.row) for each in (one, two)] == [(1, 100, 0), (2, 300, 0)]


def test_two_at_once_hang_one_above_the_other() -> None:
    made = placed([(100.0, flag(0)), (101.0, flag(0))], 1160)
    assert [(each.x, each.row) for each in made] == [(100, 0), (101, 1)]


@given(st.lists(st.integers(128, 800), max_size=12).map(sorted))
def test_no_two_of_a_dozen_overlap(poles: list[int]) -> None:
    made = placed([(pole, flag(0)) for pole in poles], 1160)
    for one, other in combinations(made, 2):
        assert one.row != other.row or abs(one.x - other.x) >= APART


def test_each_sign_has_a_shape_of_its_own() -> None:
    assert len({shape(sign, 50, 50) for sign in Sign}) == len(Sign)
