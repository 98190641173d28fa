"""A chart in a message: Slack's own block, the picture, and the same in words."""

from typing import Any

import pytest

from bot.chart import Chart, Shape
from bot.plan import Plan, Table
from bot.views.answer import answer
from bot.views.chart import Shown, alt_text, chart_blocks, data_block
from bot.words import words
from playground.slack.limits.messages import check_blocks
from tests.bot.picture.charts import chart, series, sixty_days
from tests.bot.picture.timelines import timeline, track
from tests.bot.views.reports import speaker

LACK = words("no picture: {why}", why="*full*")


def drawn(made: Chart, language: str = "en") -> Any:
    block = data_block(made, speaker(language))
    assert block is not None
    check_blocks([block])
    return block["chart"]


def points(made: Any) -> dict[str, list[float]]:
    return {one["name"]: [point["value"] for point in one["data"]] for one in made["series"]}


def test_the_newest_twenty_days_are_shown_with_the_smallest_series_gathered() -> None:
    made = drawn(sixty_days())
    assert made["type"] == "line"
    assert len(made["axis_config"]["categories"]) == 20
    assert list(points(made)) == [
        "Service 7",
        "Service 8",
        "Service 9",
        "Service 10",
        "Service 11",
        "all others",
    ]


def test_the_title_says_how_much_of_it_is_shown() -> None:
    few, many = (data_block(made, speaker()) for made in (chart(series("EC2", "1", "2")), sixty_days()))
    assert few is not None
    assert many is not None
    assert (few["title"], many["title"]) == (
        "2 days by service, USD a day",
        "60 days by service, USD a day · the newest 20",
    )


def test_what_is_shown_adds_up_to_what_the_chart_holds() -> None:
    whole, shown = sixty_days(), points(drawn(sixty_days()))
    sums = [sum(value for one in whole.series if (value := one.values[at])) for at in range(40, 60)]
    assert [round(sum(day), 2) for day in zip(*shown.values(), strict=True)] == [float(one) for one in sums]


def test_one_series_is_drawn_as_bars() -> None:
    assert drawn(chart(series("EC2", "1", "2")))["type"] == "bar"
    assert drawn(chart(series("EC2", "1", "2"), shape=Shape.LINES))["type"] == "line"


def test_days_that_may_change_are_marked_and_explained() -> None:
    axis = drawn(chart(series("EC2", "1", "2"), provisional=1))["axis_config"]
    assert axis == {"categories": ["1 Sep", "2 Sep*"], "x_label": "* may still change", "y_label": "USD"}


def test_a_day_of_which_nothing_is_known_is_left_out_and_never_zero() -> None:
    made = drawn(chart(series("EC2", "1", None, "-3.005"), series("S3", "2", None, "0"), provisional=2))
    assert made["axis_config"]["categories"] == ["1 Sep", "3 Sep*"]
    assert points(made) == {"EC2": [1.0, -3.0], "S3": [2.0, 0.0]}


def test_where_nothing_at_all_is_known_there_is_no_such_block() -> None:
    assert data_block(chart(series("EC2", None)), speaker("en")) is None
    assert data_block(chart(series("EC2")), speaker("en")) is None


def test_long_names_become_short_and_stay_apart() -> None:
    made = drawn(
        chart(series("Amazon Relational Database Service", "1"), series("x" * 30, "1"), series("x" * 31, "1"))
    )
    assert list(points(made)) == ["RDS", "x" * 19 + "…", "x" * 17 + "… 2"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_labels_are_days_as_people_write_them(language: str) -> None:
    wanted = {"en": "1 Sep", "ja": "9/1"}
    assert drawn(chart(series("EC2", "1")), language)["axis_config"]["categories"] == [wanted[language]]


def test_a_picture_says_what_it_shows_without_markup() -> None:
    [picture, said] = chart_blocks(chart(series("EC2", "1")), Shown(picture="F0123"), speaker("en"))
    assert picture == {"type": "image", "slack_file": {"id": "F0123"}, "alt_text": "Costs by day."}
    assert said["type"] == "context"


def test_the_words_for_a_picture_are_never_empty() -> None:
    made = chart(series("EC2", "1"))
    empty = Chart(words(""), words(" "), made.currency, made.labels, made.series)
    assert alt_text(empty, speaker("en")) == "–"


def test_what_is_missing_is_said() -> None:
    [said] = chart_blocks(chart(series("EC2", "1")), Shown(lacks=(LACK,)), speaker("en"))
    assert isinstance(said["elements"], list)
    assert "⚠️ no picture: " in said["elements"][1]["text"]
    assert "*full*" not in said["elements"][1]["text"]


def test_an_answer_shows_summary_picture_chart_table_and_offers_in_this_order() -> None:
    table = Table((words("Service"), words("Cost")), (("EC2", "1.00"),))
    plan = Plan(words("it cost 1.00"), chart=chart(series("EC2", "1")), table=table)
    message = answer(plan, speaker("en"), "cost today", Shown(native=True, picture="F0123"))
    kinds = [block["type"] for block in message.blocks]
    assert kinds == ["section", "image", "data_visualization", "context", "table", "context"]
    assert message.text.splitlines() == [
        "it cost 1.00",
        "Costs by day.",
        "Service | Cost",
        "EC2 | 1.00",
        "`/cost today`",
    ]


def test_without_any_picture_the_same_is_said() -> None:
    plan = Plan(words("it cost 1.00"), chart=chart(series("EC2", "1")))
    assert answer(plan, speaker("en")).text.splitlines() == ["it cost 1.00", "Costs by day."]


def test_a_timeline_is_a_picture_and_words_since_slack_has_no_block_for_it() -> None:
    made = chart_blocks(timeline(track("shop")), Shown(native=True, picture="F0123"), speaker("en"))
    assert [block["type"] for block in made] == ["image", "context"]
    assert made[0]["alt_text"] == "Success of probes by time."
