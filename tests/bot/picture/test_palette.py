"""Colours that are told apart by everybody, on both of Slack's backgrounds."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from bot.picture import palette
from tests.bot.picture.charts import rgb

# Machado, Oliveira, Fernandes: "A Physiologically-based Model for Simulation of Color Vision Deficiency"
# (2009), severity 1.0, for linear light.
EYES = {
    "all cones": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.95047, 1, 1.08883])
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]


def light(color: str) -> Vector:
    parts = np.array(rgb(color)) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio."""
    darker, lighter = sorted(float(light(color) @ XYZ[1]) for color in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(linear: Vector) -> Vector:
    x, y, z = np.cbrt(np.clip(XYZ @ linear / WHITE, 0.0, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: str, other: str, eye: str) -> float:
    """CIE 1976's colour difference, as this eye sees it; 2.3 is just noticed."""
    seen = (lab(np.clip(EYES[eye] @ light(color), 0, 1)) for color in (one, other))
    return float(np.linalg.norm(next(seen) - next(seen)))


@pytest.mark.parametrize("color", palette.SERIES)
def test_a_series_stands_out_from_the_card(color: str) -> None:
    assert contrast(color, palette.CARD) >= 3


@pytest.mark.parametrize("color", [palette.INK, palette.QUIET])
def test_words_are_read_easily(color: str) -> None:
    assert contrast(color, palette.CARD) >= 4.5


@pytest.mark.parametrize("background", [palette.SLACK_LIGHT, palette.SLACK_DARK, palette.CARD])
def test_the_cards_edge_is_seen_in_light_and_dark(background: str) -> None:
    """So is what stands on the card by itself whatever Slack's background is: the card is not see-through."""
    assert contrast(palette.EDGE, background) >= 3


@pytest.mark.parametrize("eye", EYES)
def test_no_two_series_look_alike(eye: str) -> None:
    assert min(apart(one, other, eye) for one, other in combinations(palette.SERIES, 2)) >= 15


@pytest.mark.parametrize("eye", EYES)
def test_neighbours_in_the_stack_differ_most(eye: str) -> None:
    assert min(apart(one, other, eye) for one, other in pairwise(palette.SERIES)) >= 25


def test_there_is_a_colour_for_each_of_twelve() -> None:
    assert len(set(palette.SERIES)) == 12


def test_an_outage_stands_out_from_what_is_well_and_its_words_are_read() -> None:
    assert contrast(palette.WELL, palette.CARD) >= 3
    assert contrast(palette.INK, palette.OUT) >= 4.5
    assert contrast(palette.WELL, palette.QUIET) >= 1.5  # a flag's pole in a lane


@pytest.mark.parametrize("eye", EYES)
def test_an_outage_looks_like_nothing_else(eye: str) -> None:
    for other in (palette.WELL, palette.CARD, palette.UNKNOWN):
        assert apart(palette.OUT, other, eye) >= 15
