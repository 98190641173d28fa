"""Where bars begin and end."""

from decimal import Decimal

from bot.chart import Shape
from bot.picture import stack
from bot.picture.stack import Bar
from tests.bot.picture.charts import band, chart, series

ZERO = Decimal(0)


def bar(at: int, begin: str, end: str) -> Bar:
    return Bar(at, Decimal(begin), Decimal(end))


def test_amounts_stand_upon_each_other() -> None:
    made = stack.bars((series("a", "1", "2"), series("b", "3", "0.5")))
    assert made == ((bar(0, "0", "1"), bar(1, "0", "2")), (bar(0, "1", "4"), bar(1, "2", "2.5")))


def test_credits_hang_below_zero_whatever_stands_above() -> None:
    made = stack.bars((series("a", "5"), series("credits", "-2"), series("b", "1"), series("refund", "-3")))
    assert made == ((bar(0, "0", "5"),), (bar(0, "0", "-2"),), (bar(0, "5", "6"),), (bar(0, "-2", "-5"),))


def test_nothing_is_drawn_of_zero_or_of_what_is_not_known() -> None:
    assert stack.bars((series("a", "0", None, "1"),)) == ((bar(2, "0", "1"),),)


def test_the_bounds_hold_stacks_and_forecast() -> None:
    drawn = chart(series("a", "5", "7"), series("b", "-1", "2"), band=band(1, 2, "3", "8", "12"))
    assert stack.bounds(drawn) == (Decimal(-1), Decimal(12))


def test_lines_are_not_stacked() -> None:
    drawn = chart(series("a", "5", "7"), series("b", "-1", None), shape=Shape.LINES)
    assert stack.bounds(drawn) == (Decimal(-1), Decimal(7))


def test_only_a_day_without_any_amount_is_unknown() -> None:
    assert stack.unknown(chart(series("a", None, None, "1"), series("b", "1", None, None))) == (1,)


def test_a_forecast_goes_on_after_the_last_day() -> None:
    drawn = chart(series("a", "1", "2"), band=band(2, 1, "1", "2", "3"))
    assert stack.places(drawn) == ("2026-09-01", "2026-09-02", "2026-09-03")
