"""Buttons, menus, shortcuts: interactions as Slack sends them."""

import re

import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from playground.slack.errors import CannotDoError
from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.conftest import Connect
from tests.playground.slack.words import actions, button, options, select

PLAN = [actions(button("approve", "op-1", "Approve"), button("deny", "op-1", "Deny"))]


@pytest.fixture
def heard(app: App) -> list[Json]:
    """Everything that any element sent."""
    bodies: list[Json] = []

    @app.action(re.compile(".*"))
    def anything(ack: Ack, body: Json) -> None:
        ack()
        bodies.append(body)

    return bodies


@pytest.mark.parametrize("which", ["approve", "Approve"])
def test_a_click_says_who_where_and_what(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect, heard: list[Json], which: str
) -> None:
    connect(app)
    web.chat_postMessage(channel="C0OPS", text="plan", blocks=PLAN)
    assert slack.as_person("U0SUZUKI").clicks(slack.wait_for_message("C0OPS"), which).acked
    [body] = heard
    assert body["user"]["id"] == "U0SUZUKI"
    assert body["channel"] == {"id": "C0OPS", "name": "ops"}
    assert body["message"]["text"] == "plan"
    assert body["container"]["message_ts"] == body["message"]["ts"]
    assert body["actions"][0]["action_id"] == "approve"
    assert body["actions"][0]["value"] == "op-1"
    assert body["actions"][0]["block_id"] == body["message"]["blocks"][0]["block_id"]


def test_who_does_not_see_the_button_cannot_click(slack: LocalSlack, web: WebClient) -> None:
    web.chat_postMessage(channel="C0BILLING", text="plan", blocks=PLAN)
    message = slack.wait_for_message("C0BILLING")
    with pytest.raises(CannotDoError):
        slack.as_person("U0ITO").clicks(message, "approve")
    with pytest.raises(CannotDoError):
        slack.as_person("U0SATO").clicks(message, "undo")


def test_an_old_screen_can_still_be_clicked(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect, heard: list[Json]
) -> None:
    connect(app)
    said = web.chat_postMessage(channel="C0OPS", text="plan", blocks=PLAN)
    screen = slack.wait_for_message("C0OPS")
    web.chat_update(channel="C0OPS", ts=said["ts"], text="decided", blocks=[])
    assert slack.as_person("U0SUZUKI").clicks(screen, "approve").acked
    assert heard[0]["message"]["text"] == "decided"


def test_an_ephemeral_button_comes_without_its_message(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect, heard: list[Json]
) -> None:
    connect(app)
    web.chat_postEphemeral(channel="C0OPS", user="U0SATO", text="plan", blocks=PLAN)
    slack.as_person("U0SATO").clicks(slack.wait_for_ephemeral("C0OPS", "U0SATO"), "approve")
    assert "message" not in heard[0]
    assert heard[0]["container"]["is_ephemeral"] is True


def test_the_response_url_of_a_click_can_replace_its_message(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    @app.action("approve")
    def approve(ack: Ack, respond: Respond) -> None:
        ack()
        respond("approved", replace_original=True, blocks=[])
        respond("thank you")

    connect(app)
    web.chat_postMessage(channel="C0OPS", text="plan", blocks=PLAN)
    slack.as_person("U0SUZUKI").clicks(slack.wait_for_message("C0OPS"), "approve")
    assert slack.wait_for_ephemeral("C0OPS", "U0SUZUKI").text == "thank you"
    [message] = slack.messages("C0OPS")
    assert (message.text, message.blocks) == ("approved", [])


@pytest.mark.parametrize(
    ("element", "value", "field", "chosen"),
    [
        (select("a", 3), "1", "selected_option", options(3)[1]),
        ({"type": "users_select", "action_id": "a"}, "U0ITO", "selected_user", "U0ITO"),
        ({"type": "datepicker", "action_id": "a"}, "2026-11-02", "selected_date", "2026-11-02"),
        (
            {"type": "checkboxes", "action_id": "a", "options": options(3)},
            ["0", "2"],
            "selected_options",
            [options(3)[0], options(3)[2]],
        ),
        ({"type": "multi_users_select", "action_id": "a"}, ["U0ITO"], "selected_users", ["U0ITO"]),
    ],
)
def test_a_choice_stands_where_slack_puts_it(
    slack: LocalSlack,
    web: WebClient,
    app: App,
    connect: Connect,
    heard: list[Json],
    element: Json,
    value: object,
    field: str,
    chosen: object,
) -> None:
    connect(app)
    web.chat_postMessage(channel="C0OPS", text="plan", blocks=[actions(element)])
    slack.as_person("U0SATO").chooses(slack.wait_for_message("C0OPS"), "a", value)
    assert without_emoji(heard[0]["actions"][0][field]) == chosen


def without_emoji(value: object) -> object:
    if isinstance(value, dict):
        return {key: without_emoji(inner) for key, inner in value.items() if key != "emoji"}
    return [without_emoji(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("count", "shown"), [(100, False), (101, True)])
def test_a_menu_is_filled_by_the_app_within_limits(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect, count: int, *, shown: bool
) -> None:
    app.options("target")(lambda ack, payload: ack(options=options(count)))
    connect(app)
    menu = {"type": "external_select", "action_id": "target", "min_query_length": 0}
    web.chat_postMessage(channel="C0OPS", text="plan", blocks=[actions(menu)])
    outcome = slack.as_person("U0SATO").looks_up(slack.wait_for_message("C0OPS"), "target", "web")
    assert outcome.payload["value"] == "web"
    assert outcome.response is not None
    assert len(outcome.response["options"]) == count
    assert bool(outcome.shown) == shown


def test_a_shortcut_on_a_message_brings_the_message(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    heard: list[Json] = []

    @app.shortcut("explain")
    def explain(ack: Ack, body: Json) -> None:
        ack()
        heard.append(body)

    connect(app)
    web.chat_postMessage(channel="C0OPS", text="alarm")
    assert slack.as_person("U0SATO").uses_shortcut("explain", slack.wait_for_message("C0OPS")).acked
    assert slack.as_person("U0SATO").uses_shortcut("explain").acked
    assert [body.get("message", {}).get("text") for body in heard] == ["alarm", None]
