"""The things every introduction to Bolt begins with, on an unmodified Bolt and a socket.

Source: "Quickstart", "Commands", "Actions", "Shortcuts", "Modals", "Options", "Publishing views to App Home"
of the Bolt for Python documentation; the listeners here are written anew.
"""

from slack_bolt import Ack, App, BoltContext, Respond, Say
from slack_sdk import WebClient

from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.conftest import Connect
from tests.playground.slack.words import actions, asking, button, modal, options, section, writing


def test_a_command_is_acknowledged_and_answered(slack: LocalSlack, app: App, connect: Connect) -> None:
    @app.command("/echo")
    def echo(ack: Ack, respond: Respond, command: Json) -> None:
        ack()
        respond(command["text"])

    connect(app)
    assert slack.as_person("U0SATO").types("C0OPS", "/echo こんにちは").acked
    assert slack.wait_for_ephemeral("C0OPS", "U0SATO").text == "こんにちは"


def test_a_listener_hears_its_word_and_says_something(slack: LocalSlack, app: App, connect: Connect) -> None:
    @app.message("hello")
    def hello(message: Json, say: Say) -> None:
        say(text=f"Hey <@{message['user']}>!", blocks=[section("Hey!"), actions(button("click"))])

    connect(app)
    direct = slack.dm("U0SATO")
    slack.as_person("U0SATO").says(direct, "well, hello")
    said = slack.wait_for_message(direct, lambda message: bool(message.bot_id))
    assert said.text == "Hey <@U0SATO>!"


def test_a_mention_is_answered_in_its_thread(slack: LocalSlack, app: App, connect: Connect) -> None:
    @app.event("app_mention")
    def mentioned(event: Json, say: Say) -> None:
        say("yes?", thread_ts=event["ts"])

    connect(app)
    asked = slack.as_person("U0SATO").mentions("C0OPS", "are you there").message
    assert asked is not None
    assert slack.wait_for_message("C0OPS", lambda message: message.text == "yes?").thread_ts == asked.ts


def test_a_click_puts_something_else_in_the_messages_place(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    @app.action({"action_id": "approve", "block_id": "decide"})
    def approve(ack: Ack, respond: Respond, body: Json) -> None:
        ack()
        respond(text=f"approved by <@{body['user']['id']}>", blocks=[], replace_original=True)

    connect(app)
    web.chat_postMessage(
        channel="C0OPS", text="plan", blocks=[actions(button("approve")) | {"block_id": "decide"}]
    )
    slack.as_person("U0SUZUKI").clicks(slack.wait_for_message("C0OPS"), "approve")
    done = slack.wait_for_message("C0OPS", lambda message: "approved" in message.text)
    assert (done.text, done.blocks) == ("approved by <@U0SUZUKI>", [])
    assert len(slack.messages("C0OPS")) == 1


def test_a_click_can_take_its_message_away(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    @app.action("dismiss")
    def dismiss(ack: Ack, respond: Respond) -> None:
        ack()
        respond(delete_original=True)

    connect(app)
    web.chat_postMessage(channel="C0OPS", text="plan", blocks=[actions(button("dismiss"))])
    slack.as_person("U0SATO").clicks(slack.wait_for_message("C0OPS"), "dismiss")
    slack.wait_until(lambda: slack.messages("C0OPS") == [])


FORM = modal(asking("reason", writing("text")), callback_id="reason_form")


def test_a_shortcut_opens_a_form_whose_errors_stand_at_the_field(
    slack: LocalSlack, app: App, connect: Connect
) -> None:
    @app.shortcut("give_reason")
    def opens(ack: Ack, shortcut: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)

    @app.view("reason_form")
    def sent(ack: Ack, view: Json, client: WebClient, body: Json) -> None:
        reason = view["state"]["values"]["reason"]["text"]["value"]
        if len(reason) < 5:
            ack(response_action="errors", errors={"reason": "too short"})
            return
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text=f"because: {reason}")

    connect(app)
    sato = slack.as_person("U0SATO")
    sato.uses_shortcut("give_reason")
    slack.wait_until(lambda: bool(slack.views("U0SATO")))
    [view] = slack.views("U0SATO")
    assert sato.submits(view.id, {"reason/text": "no"}).shown == "too short"
    assert [shown.trouble for shown in slack.views("U0SATO")] == [{"reason": "too short"}]
    assert sato.submits(view.id, {"reason/text": "maintenance"}).shown == ""
    assert slack.views("U0SATO") == []
    assert slack.wait_for_message(slack.dm("U0SATO")).text == "because: maintenance"


def test_a_form_gives_way_to_the_next_and_is_cleared(slack: LocalSlack, app: App, connect: Connect) -> None:
    @app.command("/wizard")
    def opens(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("reason_form")
    def goes_on(ack: Ack) -> None:
        ack(response_action="push", view=modal(section("sure?"), callback_id="sure"))

    @app.view("sure")
    def ends(ack: Ack) -> None:
        ack(response_action="clear")

    connect(app)
    sato = slack.as_person("U0SATO")
    sato.types("C0OPS", "/wizard")
    slack.wait_until(lambda: bool(slack.views("U0SATO")))
    sato.submits(slack.views("U0SATO")[-1].id, {"reason/text": "why not"})
    assert [view.body["callback_id"] for view in slack.views("U0SATO")] == ["reason_form", "sure"]
    sato.submits(slack.views("U0SATO")[-1].id, {})
    assert slack.views("U0SATO") == []


def test_a_menu_asks_the_app_for_its_options(
    slack: LocalSlack, web: WebClient, app: App, connect: Connect
) -> None:
    @app.options("instance")
    def offers(ack: Ack, payload: Json) -> None:
        ack(options=[each for each in options(12) if payload["value"] in each["text"]["text"]])

    connect(app)
    menu = {"type": "external_select", "action_id": "instance", "min_query_length": 1}
    web.chat_postMessage(channel="C0OPS", text="which?", blocks=[actions(menu)])
    answer = slack.as_person("U0SATO").looks_up(slack.wait_for_message("C0OPS"), "instance", "option 1")
    assert answer.response is not None
    assert [each["value"] for each in answer.response["options"]] == ["1", "10", "11"]


def test_a_home_tab_is_published_when_it_is_opened(slack: LocalSlack, app: App, connect: Connect) -> None:
    @app.event("app_home_opened")
    def opened(event: Json, client: WebClient, context: BoltContext) -> None:
        words = f"Welcome, <@{event['user']}>, says {context.bot_user_id}"
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section(words)]})

    connect(app)
    slack.as_person("U0SATO").opens_home()
    slack.wait_until(lambda: slack.home("U0SATO") is not None)
    home = slack.home("U0SATO")
    assert home is not None
    assert home.blocks[0]["text"]["text"] == "Welcome, <@U0SATO>, says U0TOBAN"


def test_a_lazy_listener_answers_later(slack: LocalSlack, app: App, connect: Connect) -> None:
    def later(respond: Respond, command: Json) -> None:
        respond(f"done: {command['text']}", response_type="in_channel")

    app.command("/slow")(ack=lambda ack: ack("working on it"), lazy=[later])
    connect(app)
    assert slack.as_person("U0SATO").types("C0OPS", "/slow backup").shown == "working on it"
    assert slack.wait_for_message("C0OPS").text == "done: backup"
