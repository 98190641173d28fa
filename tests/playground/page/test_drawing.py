"""Blocks and elements as HTML."""

import json
from html import unescape

import pytest

from playground.page.drawing import Drawing, kinds
from playground.slack.limits import blocks, elements
from playground.slack.shapes import Json

NASTY = '<script>alert("x")</script>'


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    return {"text": plain(f"the {value}"), "value": value}


OPTIONS = [option("a"), option("b")]
ELEMENTS: dict[str, Json] = {
    "button": {"text": plain("Go"), "value": "v", "style": "primary"},
    "static_select": {"options": OPTIONS, "placeholder": plain("Which")},
    "multi_static_select": {"options": OPTIONS, "initial_options": OPTIONS[:1]},
    "external_select": {"min_query_length": 0},
    "multi_external_select": {"initial_options": OPTIONS},
    "users_select": {},
    "channels_select": {},
    "conversations_select": {"initial_conversation": "C0OPS"},
    "overflow": {"options": OPTIONS},
    "plain_text_input": {"multiline": True, "initial_value": "before"},
    "email_text_input": {},
    "url_text_input": {},
    "number_input": {"is_decimal_allowed": False, "min_value": "1"},
    "datepicker": {"initial_date": "2026-11-22"},
    "timepicker": {"initial_time": "01:00"},
    "datetimepicker": {"initial_date_time": 1700000000},
    "checkboxes": {"options": OPTIONS, "initial_options": OPTIONS[1:]},
    "radio_buttons": {"options": OPTIONS, "initial_option": OPTIONS[0]},
    "image": {"image_url": "/files/F1", "alt_text": "a curve"},
}
LINES: Json = {
    "type": "line",
    "axis_config": {"categories": ["Mon", "Tue"], "y_label": "USD"},
    "series": [
        {"name": name, "data": [{"label": "Mon", "value": value}, {"label": "Tue", "value": -1.5}]}
        for name, value in (("EC2", 3), ("S3", 2))
    ],
}
RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "rich", "style": {"bold": True}},
                {"type": "user", "user_id": "U0SUZUKI"},
            ],
        }
    ],
}
TASK: Json = {"type": "task_card", "task_id": "1", "title": "the task", "status": "complete", "details": RICH}
BLOCKS: dict[str, Json] = {
    "section": {"text": plain("the text"), "fields": [plain("a field")]},
    "header": {"text": plain("the header")},
    "divider": {},
    "context": {"elements": [plain("small print")]},
    "actions": {"elements": [{"type": "button", "action_id": "go", "text": plain("Go")}]},
    "image": {"image_url": "/files/F1", "alt_text": "a curve", "title": plain("the title")},
    "input": {"label": plain("the label"), "element": {"type": "plain_text_input", "action_id": "a"}},
    "rich_text": {"elements": RICH["elements"]},
    "markdown": {"text": "**fat**"},
    "table": {"rows": [[{"type": "raw_text", "text": "Name"}], [{"type": "raw_text", "text": "web-01"}]]},
    "data_visualization": {"title": "the title", "chart": LINES},
    "task_card": TASK,
    "plan": {"title": "the plan", "tasks": [TASK]},
    "alert": {"text": plain("take care"), "level": "warning"},
}


def test_there_is_an_example_of_everything_that_can_be_drawn() -> None:
    assert set(BLOCKS) == kinds("blocks")
    assert set(ELEMENTS) == kinds("elements")


@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_every_block_is_drawn(draw: Drawing, kind: str) -> None:
    shown = draw.block({"type": kind, "block_id": "b", **BLOCKS[kind]})
    assert "unknown" not in shown
    for words in ("the text", "a field", "the header", "small print", "the title", "the label", "web-01"):
        assert (words in shown) == (words in json.dumps(BLOCKS[kind]))


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
def test_every_element_is_drawn_with_what_a_click_needs(draw: Drawing, kind: str) -> None:
    element = {"type": kind, "action_id": "act", **ELEMENTS[kind]}
    shown = draw.element(element, {"type": "actions", "block_id": "b"})
    assert "unknown" not in shown
    assert kind == "image" or ('data-action="act"' in shown and 'data-block="b"' in shown)
    assert kind == "image" or f'data-type="{kind}"' in shown


def known_to_slack() -> list[str]:
    return sorted({*blocks.EVERYWHERE, *blocks.ONLY_MESSAGES, *blocks.ONLY_MODALS})


@pytest.mark.parametrize("kind", [*sorted(set(known_to_slack()) - set(BLOCKS)), "hologram"])
def test_a_block_that_cannot_be_drawn_is_shown_as_json(draw: Drawing, kind: str) -> None:
    shown = draw.block({"type": kind, "block_id": "b", "inside": {"deep": NASTY}})
    assert 'data-testid="unknown-block"' in shown
    assert '"deep": "<script>alert(' in unescape(shown)
    assert "<script" not in shown


def test_an_element_that_cannot_be_drawn_is_shown_as_json(draw: Drawing) -> None:
    strange = sorted(
        {*elements.FIELDS, *elements.MENUS, *elements.PICKERS, *elements.BUTTONS} - set(ELEMENTS)
    )
    for kind in [*strange, "lever", "../../secret"]:
        shown = draw.element({"type": kind, "action_id": "act"}, {"type": "input", "block_id": "b"})
        assert 'data-testid="unknown-element"' in shown


def nasty(value: object) -> object:
    """The same thing with something nasty in place of every text but those that steer it."""
    if isinstance(value, dict):
        steer = {"type", "level", "status", "style", "value", "initial_time", "initial_date", "image_url"}
        return {key: inner if key in steer else nasty(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [nasty(each) for each in value]
    return NASTY if isinstance(value, str) else value


@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_no_text_of_a_block_becomes_a_tag(draw: Drawing, kind: str) -> None:
    made = nasty(BLOCKS[kind])
    assert isinstance(made, dict)
    assert "<script" not in draw.block({**made, "type": kind, "block_id": NASTY})


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
def test_no_text_of_an_element_becomes_a_tag(draw: Drawing, kind: str) -> None:
    made = nasty(ELEMENTS[kind])
    assert isinstance(made, dict)
    confirm = {
        "title": plain(NASTY),
        "text": {"type": "mrkdwn", "text": NASTY},
        "confirm": plain(NASTY),
        "deny": plain("no"),
    }
    element = {**made, "type": kind, "action_id": NASTY, "value": NASTY, "confirm": confirm}
    for around in ("input", "actions"):
        assert "<script" not in draw.element(element, {"type": around, "block_id": NASTY})


def test_a_picture_of_another_host_is_named_and_not_fetched(draw: Drawing) -> None:
    shown = draw.block(
        {"type": "image", "block_id": "b", "image_url": "https://example.com/x.png", "alt_text": "a curve"}
    )
    assert "<img" not in shown
    assert "a curve" in shown


def test_a_buttons_address_may_not_be_a_script(draw: Drawing) -> None:
    element = {"type": "button", "action_id": "a", "text": plain("x"), "url": "javascript:alert(1)"}
    assert "javascript" not in draw.element(element, {"type": "actions", "block_id": "b"})


def test_a_field_keeps_what_was_filled_in_and_says_what_is_wrong(draw: Drawing) -> None:
    held = {"b": {"act": {"type": "plain_text_input", "value": "mine"}}}
    form = Drawing(draw.reader, draw.here, held, {"b": "too short"})
    block = {
        "type": "input",
        "block_id": "b",
        "label": plain("Why"),
        "element": {"type": "plain_text_input", "action_id": "act"},
    }
    shown = form.block(block)
    assert 'value="mine"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'role="alert" data-testid="field-error">too short' in shown


def test_the_first_row_of_a_table_is_its_head(draw: Drawing) -> None:
    shown = draw.block({"type": "table", "block_id": "b", **BLOCKS["table"]})
    assert shown.count("<th scope=col") == 1
    assert shown.count("<td") == 1
