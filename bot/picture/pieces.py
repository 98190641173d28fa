"""The three things that pictures are made of: filled shapes, lines, words."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import IdentityTransform

from bot.picture.palette import CARD, INK
from bot.picture.plot import Corners
from bot.picture.sheet import points

HATCH = "//"
FEW = 12  # points of a line that are marked: one alone would not be seen


def fill(figure: Figure, shapes: Iterable[Corners], color: str, edge: str = "none") -> None:
    """All these shapes in one colour, as one piece, each with a thin edge if that has one."""
    _polygons(figure, shapes, facecolors=color, edgecolors=edge, linewidths=points(1))


def hatch(figure: Figure, shapes: Iterable[Corners]) -> None:
    """Lines across these shapes; their colour stays seen between them."""
    hatched = {"hatch": HATCH, "hatch_linewidth": points(2)}
    _polygons(figure, shapes, facecolors="none", edgecolors=CARD, linewidths=points(1), **hatched)


def line(
    figure: Figure, corners: Sequence[tuple[float, float]], color: str, width: float, dots: bool
) -> None:
    """A line through these corners, so many pixels wide."""
    along, up = zip(*corners, strict=True)
    drawn = Line2D(along, up, color=color, linewidth=points(width), solid_capstyle="round")
    drawn.set(transform=IdentityTransform(), linestyle=":" if dots else "-")
    if len(along) <= FEW:
        drawn.set(marker="o", markersize=points(2 * width))
    figure.add_artist(drawn)


def write(
    figure: Figure,
    where: tuple[float, float],
    text: str,
    size: float,
    fonts: Sequence[str],
    *,
    across: Literal["left", "center", "right"] = "left",
    bold: bool = False,
    color: str = INK,
) -> None:
    """A text so many pixels high, in the middle of the line at `where`."""
    figure.text(
        *where,
        text,
        transform=IdentityTransform(),
        fontfamily=list(fonts),
        fontsize=points(size),
        fontweight="bold" if bold else "normal",
        color=color,
        horizontalalignment=across,
        verticalalignment="center_baseline",
        parse_math=False,  # two amounts in dollars are no formula
    )


def _polygons(figure: Figure, shapes: Iterable[Corners], **style: Any) -> None:
    corners: Any = np.array(list(shapes))  # taken in at once, where a list goes shape by shape
    if corners.size:
        figure.add_artist(PolyCollection(corners, transform=IdentityTransform(), **style))
