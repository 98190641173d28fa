"""A chart or a timeline in a message: Slack's own block, and a picture that was uploaded.

Sources, both Slack's: "Data visualization block" and "Image block".  Slack groups bars and lays areas over
each other; it has no stack.  So one series becomes bars, and several become lines, each by itself: what is
seen is what each costs.  The page has named six series as the most, and later twelve: six are sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.chart import Chart, Series, Shape, gathered, newest
from bot.drawn import Drawn
from bot.picture.names import shortened
from bot.picture.scale import short
from bot.views.blocks import Block, context
from bot.views.speaker import Speaker
from bot.views.text import clipped, tame
from bot.words import Words, words

TITLE, AXIS, LABEL, ALT = 50, 50, 20, 2000  # characters
LABELS, SERIES = 20, 6
PROVISIONAL = words("* may still change")
NAMELESS = "–"
DATA, IMAGE, FILE = "data_visualization", "image", "slack_file"


@dataclass(frozen=True, slots=True)
class Shown:
    """In which forms a chart is shown, and what has to be said of those it is not."""

    native: bool = False  # Slack's own block
    picture: str = ""  # the id of a file that Slack has
    lacks: tuple[Words, ...] = ()


NOT_SHOWN = Shown()


def chart_blocks(chart: Drawn, shown: Shown, speak: Speaker) -> list[Block]:
    """The picture, Slack's own block of the newest labels, and below them the same in a sentence.

    Slack has no block of its own for a timeline.
    """
    blocks = [picture_block(shown.picture, chart, speak)] if shown.picture else []
    if shown.native and isinstance(chart, Chart) and (made := data_block(chart, speak)):
        blocks.append(made)
    said = [speak.text(chart.alt, 600), *(f"⚠️ {speak.text(lack, 200)}" for lack in shown.lacks)]
    return [*blocks, context(*said)]


def picture_block(file: str, chart: Drawn, speak: Speaker) -> Block:
    """A file of Slack's as an image, with what it shows in words."""
    return {"type": IMAGE, FILE: {"id": file}, "alt_text": alt_text(chart, speak)}


def alt_text(chart: Drawn, speak: Speaker) -> str:
    """The chart in a sentence, for who does not see it; never empty."""
    return clipped(speak.plain(chart.alt), ALT).strip() or NAMELESS


def data_block(chart: Chart, speak: Speaker) -> Block | None:
    """Slack's own chart of the newest labels of which something is known; None when there are none."""
    kept = gathered(newest(_known(chart), LABELS), SERIES)
    labels = _labels(kept, speak.language)
    if not kept.series or not labels:
        return None
    bars = chart.shape is Shape.STACKED and len(kept.series) == 1
    named = (tame(one.name) if isinstance(one.name, str) else speak.plain(one.name) for one in kept.series)
    names = shortened([name.strip() or NAMELESS for name in named], LABEL)
    axis: Block = {"categories": labels}
    if kept.provisional:
        axis["x_label"] = clipped(speak.plain(PROVISIONAL), AXIS)
    if chart.currency:
        axis["y_label"] = clipped(chart.currency, AXIS)
    series = [
        {"name": name, "data": _points(labels, one.values)}
        for name, one in zip(names, kept.series, strict=True)
    ]
    return {
        "type": DATA,
        "title": _title(chart, kept, speak),
        "chart": {"type": "bar" if bars else "line", "series": series, "axis_config": axis},
    }


def _title(chart: Chart, kept: Chart, speak: Speaker) -> str:
    """The chart's, with how much of it is here where that is not all."""
    title = speak.plain(chart.title)
    if len(kept.labels) == len(chart.labels):
        return clipped(title, TITLE).strip() or NAMELESS
    part = f" · {speak.plain(words('the newest {n}', n=len(kept.labels)))}"
    return (clipped(title, TITLE - len(part)).strip() or NAMELESS) + part


def _known(chart: Chart) -> Chart:
    """The labels at which every series has an amount: Slack wants one for each."""
    whole = [at for at in range(len(chart.labels)) if all(one.values[at] is not None for one in chart.series)]
    final = len(chart.labels) - chart.provisional
    return replace(
        chart,
        labels=tuple(chart.labels[at] for at in whole),
        series=tuple(Series(one.name, tuple(one.values[at] for at in whole)) for one in chart.series),
        provisional=sum(at >= final for at in whole),
    )


def _labels(chart: Chart, language: str) -> list[str]:
    """Each within twenty characters and no two alike; those that may still change are marked."""
    made = shortened([tame(short(label, language)).strip() or NAMELESS for label in chart.labels], LABEL - 1)
    final = len(made) - chart.provisional
    return [f"{label}{'*' if at >= final else ''}" for at, label in enumerate(made)]


def _points(labels: Sequence[str], values: Iterable[Decimal | None]) -> list[Block]:
    # JSON has no Decimal: what is drawn is rounded to cents, and reckoned with no more.
    return [
        {"label": label, "value": round(float(value or 0), 2)}
        for label, value in zip(labels, values, strict=True)
    ]
