"""Charts are cut and gathered without losing a cent."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.chart import OTHERS, Chart, Series, from_json, gathered, newest, to_json, total
from bot.words import words
from tests.bot.picture.charts import band, chart, series

AMOUNTS = st.none() | st.decimals(-1000, 1000, places=2)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    length = draw(st.integers(1, 5))
    values = st.lists(AMOUNTS, min_size=length, max_size=length)
    made = [Series(f"s{number}", tuple(draw(values))) for number in range(draw(st.integers(1, 20)))]
    return chart(*made)


@given(charts(), st.integers(2, 12))
def test_gathering_keeps_every_days_sum(made: Chart, most: int) -> None:
    few = gathered(made, most)
    assert len(few.series) <= most
    for at in range(len(made.labels)):
        assert total(one.values[at] for one in few.series) == total(one.values[at] for one in made.series)


def test_what_moves_most_stays_by_itself_in_its_order() -> None:
    made = chart(series("a", "1"), series("credits", "-90"), series("b", "5"), series("c", "2"))
    assert gathered(made, 3).series == (series("credits", "-90"), series("b", "5"), series(OTHERS, "3"))


def test_others_that_were_gathered_before_take_what_is_gathered_now() -> None:
    others = words("other services")
    made = chart(series("a", "9"), series("b", "1"), series(others, "50"))
    assert gathered(made, 2).series == (series("a", "9"), series(others, "51"))


def test_few_series_stay_as_they_are() -> None:
    made = chart(series("a", "1"), series("b", "2"))
    assert gathered(made, 2) is made


def test_the_newest_labels_stay_and_as_many_of_them_may_change() -> None:
    made = newest(chart(series("a", "1", "2", "3"), provisional=3), 2)
    assert (made.labels, made.series, made.provisional) == (
        ("2026-09-02", "2026-09-03"),
        (series("a", "2", "3"),),
        2,
    )


def test_a_chart_is_stored_and_read_back_as_it_was() -> None:
    made = chart(
        series("a", "1.10", None), series(OTHERS, "-2"), band=band(1, 2, "1", "2", "3"), provisional=1
    )
    assert from_json(to_json(made)) == made
    assert from_json(to_json(replace(made, band=None))).band is None


def test_nothing_known_is_not_zero() -> None:
    assert total([None, None]) is None
    assert total([None, Decimal(0)]) == 0
