"""Slack's chart block, as the page draws it."""

import pytest

from playground.page.charts import BOTTOM, EDGE, HEIGHT, sheet
from playground.page.drawing import Drawing
from playground.slack.shapes import Json
from tests.playground.page.test_drawing import LINES


def block(kind: str, **values: list[float]) -> Json:
    labels = [str(at) for at in range(max(map(len, values.values())))]
    series = [
        {
            "name": name,
            "data": [{"label": label, "value": value} for label, value in zip(labels, each, strict=True)],
        }
        for name, each in values.items()
    ]
    return {"title": "t", "chart": {"type": kind, "series": series, "axis_config": {"categories": labels}}}


def test_bars_are_as_high_as_their_values_and_go_down_for_credits() -> None:
    made = sheet(block("bar", a=[100, 50, -100]))
    heights = [round(mark.height, 3) for mark in made.marks]
    room = HEIGHT - BOTTOM - EDGE
    assert heights == [round(room / 2, 3), round(room / 4, 3), round(room / 2, 3)]
    assert [mark.y >= made.zero for mark in made.marks] == [False, False, True]


def test_bars_of_several_series_stand_beside_each_other() -> None:
    first, second, *_ = sheet(block("bar", a=[1], b=[1])).marks
    assert first.x + first.width == pytest.approx(second.x)


def test_an_area_is_filled_below_its_line() -> None:
    assert [mark.kind for mark in sheet(block("area", a=[1, 2])).marks] == ["area", "line"]


def test_points_stand_at_their_categories_whatever_their_order() -> None:
    made = block("line", a=[1, 2])
    made["chart"]["series"][0]["data"].reverse()
    assert sheet(made).rows == [("0", (1.0,)), ("1", (2.0,))]


def test_a_pie_is_a_row_of_parts() -> None:
    parts = [{"label": "EC2", "value": 3}, {"label": "S3", "value": 1}]
    assert sheet({"title": "t", "chart": {"type": "pie", "segments": parts}}).rows == [
        ("EC2", (3.0,)),
        ("S3", (1.0,)),
    ]


def test_a_chart_of_zeroes_can_be_drawn() -> None:
    assert len(sheet(block("line", a=[0, 0])).marks) == 1


def test_the_same_stands_beside_it_as_a_table(draw: Drawing) -> None:
    shown = draw.block({"type": "data_visualization", "block_id": "b", "title": "Bill", "chart": LINES})
    assert 'role="img" aria-label="line: Bill"' in shown
    assert '<th scope="row">Tue</th><td class="right">-1.50</td><td class="right">-1.50</td>' in shown


def test_a_picture_of_this_workspace_is_fetched_from_this_page(draw: Drawing) -> None:
    shown = draw.block({"type": "image", "block_id": "b", "slack_file": {"id": "F1"}, "alt_text": "a curve"})
    assert '<img src="/files/F1" alt="a curve"' in shown
