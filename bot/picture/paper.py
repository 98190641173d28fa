"""What every picture is drawn on, and the file that becomes of it."""

from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.picture import palette
from bot.picture.sheet import DPI, points

SQUEEZED = 4  # of 9: smaller takes longer than it is worth


def paper(width: int, height: int) -> Figure:
    """A card so many pixels wide and high, without matplotlib's global state (pyplot)."""
    figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=palette.CARD)
    figure.set(edgecolor=palette.EDGE, linewidth=points(6))
    return figure


def file(figure: Figure) -> bytes:
    """The figure as a PNG; the same bytes for the same figure."""
    made = BytesIO()
    squeezed = {"compress_level": SQUEEZED}
    canvas = FigureCanvasAgg(figure)
    canvas.print_png(made, metadata={"Software": None}, pil_kwargs=squeezed)  # type: ignore[no-untyped-call] # matplotlib's types leave it out
    return made.getvalue()
