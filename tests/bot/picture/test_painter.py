"""What is seen in a picture: every amount as high as it is, and nothing that would be missed."""

import gc
from dataclasses import replace
from io import BytesIO

import pytest
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from PIL import Image

from bot.chart import Shape
from bot.picture import draw, palette
from bot.picture.painter import Unpaintable
from tests.bot.picture.charts import Seen, band, chart, painted, rgb, series, sixty_days

FIRST, SECOND = palette.SERIES[:2]


def test_it_has_the_size_that_slack_shows_well() -> None:
    png = painted(sixty_days()).png
    image = Image.open(BytesIO(png))
    assert (image.format, image.size) == ("PNG", (1200, 675))
    assert len(png) < 200_000
    assert image.getchannel("A").getextrema() == (255, 255)  # it covers what is behind it


def test_the_same_chart_is_the_same_picture() -> None:
    assert painted(sixty_days()).png == painted(sixty_days()).png


def test_nothing_of_a_picture_stays_in_memory() -> None:
    gc.collect()
    gc.disable()
    try:
        painted(sixty_days())
        assert [each for each in gc.get_objects() if type(each) in (Figure, PolyCollection)] == []
    finally:
        gc.enable()


def test_bars_are_as_high_as_their_amounts() -> None:
    """Within the pixel that each edge may take."""
    seen = Seen(chart(series("a", "100", "50", "200"), series("b", "300", "20", "100")))
    pixel = (seen.plot.y(seen.plot.scale.high) - seen.plot.y(seen.plot.scale.low)) / 400
    heights = [(seen.height(at, FIRST), seen.height(at, SECOND)) for at in range(3)]
    wanted = [(100, 300), (50, 20), (200, 100)]
    for drawn, meant in zip(heights, wanted, strict=True):
        assert drawn == pytest.approx([amount * pixel for amount in meant], abs=3)


def test_every_amount_of_sixty_days_by_twelve_has_its_colour_where_it_belongs() -> None:
    drawn = replace(sixty_days(), provisional=0)
    seen = Seen(drawn)
    base = [0] * 60
    for color, one in zip(palette.SERIES, drawn.series, strict=True):
        for at, value in enumerate(map(int, filter(None, one.values))):
            assert seen.at(at, str(base[at] + value / 2)) == rgb(color), (one.name, at)
            base[at] += value


def test_credits_are_drawn_below_zero() -> None:
    seen = Seen(chart(series("a", "100"), series("credits", "-40")))
    assert seen.at(0, "50") == rgb(FIRST)
    assert seen.at(0, "-20") == rgb(SECOND)


def test_a_provisional_day_is_hatched_in_its_own_colour() -> None:
    seen = Seen(chart(series("a", "100", "100"), provisional=1))
    final, late = seen.height(0, FIRST), seen.height(1, FIRST)
    assert 0.5 * final < late < 0.95 * final


def test_the_forecast_lies_behind_from_low_to_high() -> None:
    seen = Seen(chart(series("a", "100"), band=band(3, 1, "60", "80", "120")))
    assert [seen.at(2, amount) == rgb(palette.BAND) for amount in ("50", "65", "100", "115")] == [
        False,
        True,
        True,
        True,
    ]
    assert seen.at(2, "80") == rgb(palette.QUIET)


def test_a_day_of_which_nothing_is_known_does_not_look_like_one_without_costs() -> None:
    seen = Seen(chart(series("a", "100", None, "0")))
    assert seen.at(1, "55") == rgb(palette.UNKNOWN)
    assert seen.at(2, "55") == rgb(palette.CARD)


def test_lines_break_where_nothing_is_known() -> None:
    values = ["100"] * 20 + [None] * 20 + ["100"] * 20
    seen = Seen(chart(series("a", *values), series("b", *["10"] * 60), shape=Shape.LINES))
    assert [seen.at(at, "100") == rgb(FIRST) for at in (10, 50)] == [True, True]
    assert seen.height(30, FIRST) == 0


def test_a_line_of_one_day_is_a_dot() -> None:
    assert Seen(chart(series("a", "100"), shape=Shape.LINES)).height(0, FIRST) > 5


def test_the_legend_names_only_what_is_there() -> None:
    plain = Seen(chart(series("a", "1")))
    assert plain.count(palette.BAND) == plain.count(palette.UNKNOWN) == 0


def test_a_thirteenth_series_is_gathered_with_the_smallest() -> None:
    seen = Seen(sixty_days(13))
    assert all(seen.count(color) > 100 for color in palette.SERIES)


@pytest.mark.parametrize("values", [("0", "0"), (None, None), ("0.01", "-0.01"), ("1e9", "-1e9")])
def test_strange_amounts_are_drawn_too(values: tuple[str | None, ...]) -> None:
    assert painted(chart(series("a", *values))).png


def test_a_title_with_two_dollar_signs_is_no_formula() -> None:
    drawn = chart(series("$_{x}$ and $y", "1"))
    assert painted(drawn).lacks is None


def test_what_goes_wrong_has_a_name_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(draw, "png", full)
    with pytest.raises(Unpaintable, match="No space left"):
        painted(sixty_days())
