"""The axis of milliseconds."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.picture.millis import millis, said
from bot.timeline import Timeline
from tests.bot.picture.timelines import timeline, track


def answers(*took: int) -> Timeline:
    return timeline(replace(track("shop", steps=len(took)), median=took, slowest=took))


def test_answers_that_take_alike_have_an_even_axis_from_zero() -> None:
    made = millis(answers(40, 90))
    assert made is not None
    assert (made.low, made.high, made.ticks, made.powers) == (0, 100, (0, 20, 40, 60, 80, 100), False)
    assert made.share(50) == 0.5


def test_answers_far_apart_have_an_axis_by_powers_of_ten() -> None:
    made = millis(answers(20, 1900))
    assert made is not None
    assert (made.ticks, made.powers) == ((10, 100, 1000, 10_000), True)
    assert made.share(100) == pytest.approx(1 / 3)


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=9))
def test_every_answer_has_its_place_on_the_axis(took: list[int]) -> None:
    made = millis(answers(*took))
    assert made is not None
    assert all(0 <= made.share(each) <= 1 for each in took)
    assert sorted(took, key=made.share) == sorted(took, key=lambda each: max(each, made.low))
    assert 2 <= len(made.ticks) <= 9


@pytest.mark.parametrize(("took", "text"), [(0, "0 ms"), (200, "200 ms"), (1000, "1 s"), (2500, "2.5 s")])
def test_ticks_are_short(took: int, text: str) -> None:
    assert said(took) == text
