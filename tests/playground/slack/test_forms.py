"""Forms: opened with a trigger, filled in, sent, answered; and the home tab."""

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.slack.errors import CannotDoError
from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.conftest import Connect, PushedClock
from tests.playground.slack.words import actions, asking, button, modal, section, select, writing

FORM = modal(
    asking("reason", writing("text")),
    asking("how", select("kind", 3), optional=True),
    actions(button("more")),
)
SAID = {"reason/text": "night"}


def opened(slack: LocalSlack, web: WebClient, form: Json = FORM) -> str:
    trigger = slack.workspace.triggers.make("U0SATO")
    return str(web.views_open(trigger_id=trigger, view=form)["view"]["id"])


def test_a_trigger_opens_one_form(slack: LocalSlack, web: WebClient) -> None:
    trigger = slack.workspace.triggers.make("U0SATO")
    web.views_open(trigger_id=trigger, view=FORM)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        web.views_open(trigger_id=trigger, view=FORM)
    assert [view.user for view in slack.views("U0SATO")] == ["U0SATO"]


def test_a_trigger_lives_three_seconds(slack: LocalSlack, web: WebClient, clock: PushedClock) -> None:
    late, in_time = (slack.workspace.triggers.make("U0SATO") for _ in range(2))
    clock.push(seconds=3)
    web.views_open(trigger_id=in_time, view=FORM)
    clock.push(seconds=0.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        web.views_open(trigger_id=late, view=FORM)


def test_a_trigger_nobody_gave_is_invalid(web: WebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        web.views_open(trigger_id="1.2.abc", view=FORM)


def test_a_form_refused_for_its_limits_leaves_the_trigger_unspent(slack: LocalSlack, web: WebClient) -> None:
    trigger = slack.workspace.triggers.make("U0SATO")
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        web.views_open(trigger_id=trigger, view=modal(section("x" * 3001)))
    web.views_open(trigger_id=trigger, view=FORM)


def test_a_form_sends_what_was_filled_in_and_closes(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    heard: list[Json] = []

    @app.view("form")
    def form(ack: Ack, view: Json) -> None:
        ack()
        heard.append(view["state"]["values"])

    connect(app)
    assert slack.as_person("U0SATO").submits(opened(slack, web), {**SAID, "kind": "2"}).acked
    assert heard[0]["reason"]["text"] == {"type": "plain_text_input", "value": "night"}
    assert heard[0]["how"]["kind"]["selected_option"]["value"] == "2"
    assert slack.views("U0SATO") == []


@pytest.mark.parametrize("said", [{}, {**SAID, "colour": "red"}, {**SAID, "kind": "99"}])
def test_a_form_that_is_not_filled_in_well_cannot_be_sent(
    slack: LocalSlack, web: WebClient, said: dict[str, object]
) -> None:
    with pytest.raises(CannotDoError):
        slack.as_person("U0SATO").submits(opened(slack, web), said)


def answering(app: App, **answer: object) -> None:
    app.view("form")(lambda ack: ack(**answer))


def test_errors_stay_on_the_form(slack: LocalSlack, web: WebClient, app: App, connect: Connect) -> None:
    answering(app, response_action="errors", errors={"reason": "say more"})
    connect(app)
    assert slack.as_person("U0SATO").submits(opened(slack, web), SAID).shown == "say more"
    assert [view.trouble for view in slack.views("U0SATO")] == [{"reason": "say more"}]


def test_errors_at_a_block_that_is_not_there_are_trouble(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    answering(app, response_action="errors", errors={"nothing": "say more"})
    connect(app)
    assert "trouble" in slack.as_person("U0SATO").submits(opened(slack, web), SAID).shown


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ({"response_action": "update", "view": modal(section("done"), callback_id="next")}, ["next"]),
        ({"response_action": "push", "view": modal(section("more"), callback_id="next")}, ["form", "next"]),
        ({"response_action": "clear"}, []),
    ],
)
def test_an_answer_may_change_the_stack_of_forms(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect, answer: Json, left: list[str]
) -> None:
    answering(app, **answer)
    connect(app)
    slack.as_person("U0SATO").submits(opened(slack, web), SAID)
    assert [view.body["callback_id"] for view in slack.views("U0SATO")] == left


def test_a_button_in_a_form_can_push_another_up_to_three(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    refused: list[str] = []

    @app.action("more")
    def more(ack: Ack, body: Json, client: WebClient) -> None:
        try:
            client.views_push(trigger_id=body["trigger_id"], view=FORM)
        except SlackApiError as error:
            refused.append(error.response["error"])
        ack()

    connect(app)
    opened(slack, web)
    for _ in range(3):
        slack.as_person("U0SATO").clicks(slack.views("U0SATO")[-1], "more")
    assert len(slack.views("U0SATO")) == 3
    assert refused == ["push_limit_reached"]


def test_an_update_must_know_the_latest_hash(slack: LocalSlack, web: WebClient) -> None:
    view = web.views_open(trigger_id=slack.workspace.triggers.make("U0SATO"), view=FORM)["view"]
    web.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("filled")))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        web.views_update(view_id=view["id"], hash=view["hash"], view=FORM)
    assert slack.views("U0SATO")[0].blocks[0]["text"]["text"] == "filled"


def test_a_form_can_be_found_by_a_name_of_ones_own(slack: LocalSlack, web: WebClient) -> None:
    opened(slack, web, {**FORM, "external_id": "op-1"})
    web.views_update(external_id="op-1", view=modal(section("filled")))
    assert slack.views("U0SATO")[0].blocks[0]["type"] == "section"


def test_closing_is_told_only_when_asked_for(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    heard: list[Json] = []

    @app.view_closed("form")
    def closed(ack: Ack, body: Json) -> None:
        ack()
        heard.append(body)

    connect(app)
    for form in (FORM, {**FORM, "notify_on_close": True}):
        slack.as_person("U0SATO").closes(opened(slack, web, form))
        assert slack.views("U0SATO") == []
    assert [body["type"] for body in heard] == ["view_closed"]


def test_the_home_tab_is_published_when_it_is_opened(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    @app.event("app_home_opened")
    def home(event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("mine")]})

    connect(app)
    assert slack.as_person("U0SATO").opens_home().acked
    slack.wait_until(lambda: slack.home("U0SATO") is not None)
