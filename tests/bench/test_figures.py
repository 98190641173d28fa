"""Figures hold or fall short, and say so in one line each."""

import json

import pytest

from tests.bench.figure import AT_LEAST, Figure, times
from tests.bench.printed import aligned, as_json
from tests.bench.spread import percentile


def test_a_figure_holds_up_to_its_limit() -> None:
    assert Figure("memory", 130, 130, "MB").holds
    assert not Figure("memory", 130.1, 130, "MB").holds


def test_a_figure_may_have_to_reach_its_limit() -> None:
    assert Figure("verified", 20_000, 20_000, "rows/s", sign=AT_LEAST).holds
    assert not Figure("verified", 19_999, 20_000, "rows/s", sign=AT_LEAST).holds


def test_a_ratio_is_limited_by_its_reference() -> None:
    assert times("start", 900, 500, 2, unit="ms", of="bare Bolt").holds
    assert not times("start", 1001, 500, 2, unit="ms", of="bare Bolt").holds


def test_a_figure_is_one_line_below_the_heads() -> None:
    printed = aligned([Figure("memory", 139.5, 130, "MB"), times("p99", 9, 10, 1.5, unit="ms", of="bare")])
    assert printed.splitlines() == [
        "figure  value     reference   limit     holds",
        "memory  139.5 MB  –           ≤ 130 MB  short",
        "p99     9 ms      10 ms bare  ≤ 15 ms   holds",
    ]


def test_programs_read_the_same_figures() -> None:
    (read,) = json.loads(as_json([Figure("memory", 139.5, 130, "MB")]))
    assert (read["figure"], read["value"], read["limit"], read["holds"]) == ("memory", 139.5, 130, False)


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (99, 99), (100, 100)])
def test_a_percentile_is_a_sample_that_was_taken(percent: int, value: int) -> None:
    assert percentile(list(range(1, 101)), percent) == value
