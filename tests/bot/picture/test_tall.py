"""Bars that are far too high: cut, with their amounts above them, so that the others can be read."""

from decimal import Decimal

from bot.chart import Chart, Shape
from bot.picture.plot import Plot
from bot.picture.tall import room, tall
from tests.bot.picture.charts import chart, painted, series


def a_month(*amounts: str, usual: str = "300", shape: Shape = Shape.STACKED) -> Chart:
    """Thirty days as usual, but for the first ones."""
    return chart(series("EC2", *amounts, *[usual] * (30 - len(amounts))), shape=shape)


def test_tax_on_the_first_leaves_the_other_days_their_room() -> None:
    taxed = a_month("1483.02")
    assert tall(taxed) == {0: Decimal("1483.02")}
    assert room(taxed)[1] == Decimal("345.00")
    plot = Plot.of(taxed)
    assert plot.y(Decimal("1483.02")) == plot.y(plot.scale.high)


def test_its_amount_is_in_the_picture() -> None:
    assert painted(a_month("1483.02")).png != painted(a_month("1683.02")).png


def test_what_is_only_twice_as_high_is_drawn_as_it_is() -> None:
    doubled = a_month("600")
    assert tall(doubled) == {}
    assert room(doubled)[1] == Decimal("600")


def test_what_is_not_rare_is_drawn_as_it_is() -> None:
    assert tall(a_month("1500", "1500", "1500")) == {0: 1500, 1: 1500, 2: 1500}
    assert tall(a_month("1500", "1500", "1500", "1500")) == {}


def test_lines_and_days_without_costs_are_drawn_as_they_are() -> None:
    assert tall(a_month("1500", shape=Shape.LINES)) == {}
    assert tall(a_month("1500", usual="0")) == {}
    assert room(a_month("1500", usual="0"))[1] == Decimal("1500")
