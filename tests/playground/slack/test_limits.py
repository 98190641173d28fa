"""What Slack refuses, at its limits and one beyond."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.slack.errors import Refusal
from playground.slack.limits.messages import check_attachments, check_blocks
from playground.slack.limits.views import check_view
from playground.slack.shapes import Json
from tests.playground.slack.words import actions, asking, button, modal, plain, section, select, writing


def rows(count: int, columns: int = 2, text: str = "x") -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns for _ in range(count)]}


def context(count: int) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * count}


def header(length: int) -> Json:
    return {"type": "header", "text": plain("x" * length)}


def one_option(text: int, value: int) -> Json:
    option = {"text": plain("x" * text), "value": "x" * value}
    return actions({"type": "static_select", "action_id": "a", "options": [option]})


def chart(
    kind: str = "line",
    series: int = 2,
    labels: int = 3,
    *,
    name: str = "s",
    title: str = "t",
    value: object = 1,
) -> Json:
    categories = [f"c{at}" for at in range(labels)]
    data = [{"label": label, "value": value} for label in categories]
    made = [{"name": f"{name}{number}", "data": data} for number in range(series)]
    drawn: Json = {"type": kind, "series": made, "axis_config": {"categories": categories}}
    return {"type": "data_visualization", "title": title, "chart": drawn}


def on_axis(**axis: object) -> Json:
    made = chart()
    made["chart"]["axis_config"] |= axis
    return made


def pie(segments: int, value: float = 1) -> Json:
    parts = [{"label": str(number), "value": value} for number in range(segments)]
    return {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": parts}}


def image(**more: object) -> Json:
    return {"type": "image", "alt_text": "a curve", **more}


ALLOWED_AND_NOT: list[tuple[str, list[Json], list[Json]]] = [
    ("blocks", [{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
    ("section", [section("x" * 3000)], [section("x" * 3001)]),
    ("empty section", [section("x")], [section("")]),
    ("header", [header(150)], [header(151)]),
    ("button text", [actions(button("a", text="x" * 75))], [actions(button("a", text="x" * 76))]),
    ("button value", [actions(button("a", "x" * 2000))], [actions(button("a", "x" * 2001))]),
    ("action_id", [actions(button("x" * 255))], [actions(button("x" * 256))]),
    ("block_id", [section("x") | {"block_id": "x" * 255}], [section("x") | {"block_id": "x" * 256}]),
    ("options", [actions(select("a", 100))], [actions(select("a", 101))]),
    ("no options", [actions(select("a", 1))], [actions(select("a", 0))]),
    ("option text", [one_option(75, 1)], [one_option(76, 1)]),
    ("option value", [one_option(1, 150)], [one_option(1, 151)]),
    ("context", [context(10)], [context(11)]),
    (
        "actions",
        [actions(*(button(str(n)) for n in range(25)))],
        [actions(*(button(str(n)) for n in range(26)))],
    ),
    ("table rows", [rows(100)], [rows(101)]),
    ("table columns", [rows(1, 20)], [rows(1, 21)]),
    ("table text", [rows(100, 1, "x" * 100)], [rows(100, 1, "x" * 101)]),
    ("markdown", [{"type": "markdown", "text": "x" * 12000}], [{"type": "markdown", "text": "x" * 12001}]),
    ("same action_id", [actions(button("a")), actions(button("a"))], [actions(button("a"), button("a"))]),
    ("same block_id", [section("x")] * 2, [section("x") | {"block_id": "b"}] * 2),
    ("unknown field", [section("x")], [section("x") | {"colour": "red"}]),
    ("unknown type", [{"type": "divider"}], [{"type": "divide"}]),
    ("no type", [{"type": "divider"}], [{}]),
    ("missing text", [header(1)], [{"type": "header"}]),
    ("wrong kind of text", [header(1)], [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]),
    ("field out of place", [actions(button("a"))], [actions(writing("a"))]),
    ("charts", [chart()] * 2, [chart()] * 3),
    ("chart title", [chart(title="x" * 50)], [chart(title="x" * 51)]),
    ("chart series", [chart("bar", 12)], [chart("bar", 13)]),
    ("no series", [chart("area", 1)], [chart("area", 0)]),
    ("chart points", [chart(labels=20)], [chart(labels=21)]),
    ("series name", [chart(name="x" * 19)], [chart(name="x" * 20)]),
    ("series value", [chart(value=-1.5)], [chart(value="1")]),
    ("no number", [chart(value=0)], [chart(value=float("nan"))]),
    ("a label too many", [chart()], [on_axis(categories=["c0", "c1", "c2", "c3"])]),
    ("label twice", [chart()], [on_axis(categories=["c0", "c1", "c1"])]),
    ("axis", [on_axis(y_label="x" * 50)], [on_axis(y_label="x" * 51)]),
    ("kind of chart", [chart("bar")], [chart("donut")]),
    ("pie", [pie(12)], [pie(13)]),
    ("empty part", [pie(1, 0.1)], [pie(1, 0)]),
    (
        "no words for a picture",
        [image(image_url="https://x.example/a.png")],
        [{"type": "image", "image_url": "x"}],
    ),
    ("no picture", [image(slack_file={"id": "F1"})], [image()]),
    ("two pictures", [image(slack_file={"id": "F1"})], [image(slack_file={"id": "F1"}, image_url="x")]),
    ("two names", [image(slack_file={"url": "x"})], [image(slack_file={"id": "F1", "url": "x"})]),
    ("alert in a message", [section("x")], [{"type": "alert", "text": plain("x")}]),
]


@pytest.mark.parametrize(("allowed", "refused"), [pytest.param(*c[1:], id=c[0]) for c in ALLOWED_AND_NOT])
def test_a_message_may_go_to_the_limit_and_not_beyond(allowed: list[Json], refused: list[Json]) -> None:
    check_blocks(allowed)
    with pytest.raises(Refusal, match="invalid_blocks"):
        check_blocks(refused)


def home_or_modal(count: int) -> Json:
    return modal(*[{"type": "divider"}] * count)


VIEWS: list[tuple[str, Json, Json]] = [
    ("blocks", home_or_modal(100), home_or_modal(101)),
    ("title", modal(section("x"), title=plain("x" * 24)), modal(section("x"), title=plain("x" * 25))),
    (
        "private_metadata",
        modal(section("x"), private_metadata="x" * 3000),
        modal(section("x"), private_metadata="x" * 3001),
    ),
    ("submit", modal(asking("b", writing("a"))), modal(asking("b", writing("a"))) | {"submit": None}),
    ("type", modal(section("x")), modal(section("x")) | {"type": "home"}),
    ("markdown in a modal", modal(section("x")), modal({"type": "markdown", "text": "x"})),
]


@pytest.mark.parametrize(("allowed", "refused"), [pytest.param(*c[1:], id=c[0]) for c in VIEWS])
def test_a_form_may_go_to_the_limit_and_not_beyond(allowed: Json, refused: Json) -> None:
    check_view(allowed, "modal")
    with pytest.raises(Refusal, match="invalid_arguments"):
        check_view(refused, "modal")


def test_more_than_a_hundred_attachments_are_refused() -> None:
    check_attachments([{"text": "x"}] * 100)
    with pytest.raises(Refusal, match="too_many_attachments"):
        check_attachments([{"text": "x"}] * 101)


def test_a_refusal_points_at_what_is_wrong(web: WebClient) -> None:
    with pytest.raises(SlackApiError) as error:
        web.chat_postMessage(channel="C0OPS", text="x", blocks=[section("x"), section("x" * 3001)])
    assert error.value.response["errors"] == [
        "must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    ]


def test_blocks_may_not_hold_too_much_text_together(web: WebClient) -> None:
    web.chat_postMessage(channel="C0OPS", text="x", blocks=[section("x" * 2500)] * 4)
    with pytest.raises(SlackApiError) as error:
        web.chat_postMessage(channel="C0OPS", text="x", blocks=[section("x" * 2501)] * 4)
    assert error.value.response["error"] == "msg_blocks_too_long"


def test_a_post_of_more_than_40000_characters_is_cut_and_says_so(web: WebClient) -> None:
    said = web.chat_postMessage(channel="C0OPS", text="x" * 40_001)
    assert len(said["message"]["text"]) == 40_000
    assert said["response_metadata"]["warnings"] == ["message_truncated"]


def test_an_edit_of_more_than_4000_characters_is_refused(web: WebClient) -> None:
    said = web.chat_postMessage(channel="C0OPS", text="x")
    with pytest.raises(SlackApiError) as error:
        web.chat_update(channel="C0OPS", ts=said["ts"], text="x" * 4_001)
    assert error.value.response["error"] == "msg_too_long"
