"""What a picture can be drawn of: a chart of amounts, or a timeline.

A leaf of bot/ above `chart` and `timeline`, which know nothing of each other.
"""

from typing import Any, TypeAlias

from bot import chart, timeline
from bot.chart import Chart
from bot.timeline import Timeline

Drawn: TypeAlias = Chart | Timeline


def to_json(drawn: Drawn) -> dict[str, Any]:
    """The form that is stored; `from_json` reads it back."""
    return timeline.to_json(drawn) if isinstance(drawn, Timeline) else chart.to_json(drawn)


def from_json(stored: dict[str, Any]) -> Drawn:
    """Read what `to_json` wrote; a timeline is known by its tracks."""
    return timeline.from_json(stored) if "tracks" in stored else chart.from_json(stored)
