"""Charts: lines, bars, areas with shared categories, or a pie.

Source: Slack's page "Data visualization block".  It named six series and segments as the most when the block
was new, and names twelve since; that a message holds two charts at most stands on no page, Slack says it.
"""

import math
from collections.abc import Iterator

from playground.slack.limits.rules import Rule, at, by_type, items, shape, string
from playground.slack.shapes import Json, as_list, as_object

TITLE, AXIS, LABEL, SERIES, POINTS, CHARTS = 50, 50, 20, 12, 20, 2
KIND = "data_visualization"


def _finite(value: object, pointer: str) -> Iterator[str]:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        yield at("must provide a number", pointer)


def _positive(value: object, pointer: str) -> Iterator[str]:
    yield from _finite(value, pointer)
    if isinstance(value, int | float) and value <= 0:
        yield at("must be greater than 0", pointer)


_point = shape({"label": string(LABEL, 1), "value": _finite})
_series = shape({"name": string(LABEL, 1), "data": items(_point, POINTS)})
_axis = shape(
    {"categories": items(string(LABEL, 1), POINTS)}, {"x_label": string(AXIS), "y_label": string(AXIS)}
)
_with_axis = shape({"series": items(_series, SERIES), "axis_config": _axis})
_segment = shape({"label": string(LABEL, 1), "value": _positive})


def _fitting(value: object, pointer: str) -> Iterator[str]:
    """Accept series of different names, each with one point for each category."""
    before = [*_with_axis(value, pointer)]
    yield from before
    if before:
        return
    chart = as_object(value)
    categories, series = as_object(chart["axis_config"])["categories"], as_list(chart["series"])
    if len(set(categories)) < len(categories):
        yield at("categories must be unique", f"{pointer}/axis_config/categories")
    if len({one["name"] for one in series}) < len(series):
        yield at("series names must be unique", f"{pointer}/series")
    for index, one in enumerate(series):
        if sorted(point["label"] for point in one["data"]) != sorted(categories):
            yield at("data labels must match axis_config.categories", f"{pointer}/series/{index}/data")


_kinds: dict[str, Rule] = {
    "pie": shape({"segments": items(_segment, SERIES)}),
    "bar": _fitting,
    "area": _fitting,
    "line": _fitting,
}
chart = shape({"title": string(TITLE, 1), "chart": by_type(_kinds)}, {"block_id": string(255, 1)})


def too_many(blocks: list[Json], pointer: str) -> Iterator[str]:
    """Yield what Slack says of the third chart of a message."""
    charts = [index for index, block in enumerate(as_list(blocks)) if block.get("type") == KIND]
    for index in charts[CHARTS:]:
        yield at(f"no more than {CHARTS} {KIND} blocks allowed", f"{pointer}/{index}")
