"""The page and its parts over HTTP."""

from urllib.error import HTTPError

import pytest
from slack_sdk import WebClient

from playground.page.stage import Stage
from playground.slack.shapes import Json
from tests.playground.page.conftest import Browser

NASTY = "<script>alert(1)</script>"
FORM: Json = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Why not?"},
    "submit": {"type": "plain_text", "text": "Deny"},
    "blocks": [
        {
            "type": "input",
            "block_id": "reason",
            "label": {"type": "plain_text", "text": "Reason"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


def test_the_page_stands_before_there_is_an_aws_or_a_bot(browser: Browser) -> None:
    shown = browser.get("/")
    assert 'data-doing="waiting"' in shown
    assert "準備しています" in shown


def test_a_message_is_shown_with_its_author_and_without_its_tags(browser: Browser, web: WebClient) -> None:
    web.chat_postMessage(channel="C0OPS", text=NASTY)
    shown = browser.get("/part/messages?person=U0SATO&channel=C0OPS")
    assert "当番" in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script" not in shown


def test_everybody_reads_the_page_in_their_own_language(browser: Browser) -> None:
    assert '<html lang="ja">' in browser.get("/?person=U0SATO")
    english = browser.get("/?person=U0MILLER")
    assert '<html lang="en">' in english
    assert "Make it happen" in english


def test_an_ephemeral_message_is_for_one_person(browser: Browser, web: WebClient) -> None:
    web.chat_postEphemeral(channel="C0OPS", user="U0SATO", text="for you")
    assert "for you" in browser.get("/part/messages?person=U0SATO&channel=C0OPS")
    assert "for you" not in browser.get("/part/messages?person=U0SUZUKI&channel=C0OPS")


def test_replies_stand_in_their_thread_and_are_counted_below_its_head(
    browser: Browser, web: WebClient
) -> None:
    ts = web.chat_postMessage(channel="C0OPS", text="the plan")["ts"]
    web.chat_postMessage(channel="C0OPS", text="the end", thread_ts=ts)
    conversation = browser.get("/part/messages?person=U0MILLER&channel=C0OPS")
    assert "the end" not in conversation
    assert "1 reply" in conversation
    assert "the end" in browser.get(f"/part/thread?person=U0MILLER&channel=C0OPS&thread={ts}")


def test_an_edited_message_says_so(browser: Browser, web: WebClient) -> None:
    ts = web.chat_postMessage(channel="C0OPS", text="before")["ts"]
    assert ts
    web.chat_update(channel="C0OPS", ts=ts, text="after")
    assert "(edited)" in browser.get("/part/messages?person=U0MILLER&channel=C0OPS")


def test_what_somebody_has_not_seen_is_counted_for_them(browser: Browser, web: WebClient) -> None:
    web.chat_postMessage(channel="C0OPS", text="one")
    web.chat_postMessage(channel="C0OPS", text="two for <@U0SATO>")
    assert browser.post("/page/read", {"person": "U0SUZUKI", "channel": "C0OPS"})["ok"]
    assert 'data-testid="channel-C0OPS" data-unread="2"' in browser.get("/part/sidebar?person=U0SATO")
    assert 'data-testid="channel-C0OPS" data-unread="0"' in browser.get("/part/sidebar?person=U0SUZUKI")


def test_whoever_is_called_elsewhere_has_a_mark_on_their_face(browser: Browser, web: WebClient) -> None:
    assert 'class="dot"' not in browser.get("/part/people")
    web.chat_postMessage(channel="C0OPS", text="please look, <@U0SUZUKI>")
    assert browser.get("/part/people").count('class="dot"') == 1


def test_people_find_only_their_own_channels(browser: Browser) -> None:
    assert "channel-C0BILLING" in browser.get("/part/sidebar?person=U0SATO")
    assert "channel-C0BILLING" not in browser.get("/part/sidebar?person=U0ITO")
    assert 'data-channel="C0OPS"' in browser.get("/?person=U0ITO&channel=C0BILLING")


def test_a_form_is_shown_to_whom_it_was_opened_for_with_what_is_wrong(stage: Stage, browser: Browser) -> None:
    view = stage.slack.workspace.views.open("U0SATO", FORM)
    view.trouble = {"reason": "too short"}
    shown = browser.get("/part/modal?person=U0SATO")
    assert f'data-view="{view.id}"' in shown
    assert "too short" in shown
    assert "<dialog" not in browser.get("/part/modal?person=U0SUZUKI")


def test_the_home_tab_is_drawn(browser: Browser, web: WebClient) -> None:
    block = {"type": "header", "text": {"type": "plain_text", "text": "Waiting for you"}}
    web.views_publish(user_id="U0SATO", view={"type": "home", "blocks": [block]})
    assert "Waiting for you" in browser.get("/?person=U0SATO&channel=D0SATO&tab=home")


def test_an_uploaded_text_can_be_read_and_cannot_run(browser: Browser, web: WebClient) -> None:
    web.files_upload_v2(channel="C0OPS", filename="plan.html", content="<b>first line</b>")
    assert "&lt;b&gt;first line" in browser.get("/part/messages?channel=C0OPS")
    with browser.open(
        "/files/" + str(web.files_upload_v2(filename="a.html", content="<b>")["file"]["id"])
    ) as answer:
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_uploaded_picture_is_a_picture(browser: Browser, web: WebClient) -> None:
    web.files_upload_v2(channel="C0OPS", filename="curve.png", content=b"\x89PNG\r\n\x1a\n")
    assert '<img src="/files/' in browser.get("/part/messages?channel=C0OPS")


def test_the_wire_shows_what_went_over_it_and_can_be_filtered(browser: Browser, web: WebClient) -> None:
    web.chat_postMessage(channel="C0OPS", text="over the wire")
    assert "over the wire" in browser.get("/part/wire?filter=chat.postMessage")
    assert "over the wire" not in browser.get("/part/wire?filter=views.open")


def test_two_people_stand_side_by_side(browser: Browser) -> None:
    shown = browser.get("/?side=1")
    assert shown.count("<iframe") == 2
    assert 'id="panel"' not in browser.get("/?person=U0SATO&frame=1")


@pytest.mark.parametrize(
    "query", ["person=U0NOBODY", "channel=C0NONE", "thread=1.2", "tab=home", "person=U0KATO"]
)
def test_an_address_that_makes_no_sense_still_shows_a_page(browser: Browser, query: str) -> None:
    assert 'data-testid="composer"' in browser.get(f"/?{query}")


def test_a_part_that_there_is_not_is_not_found(browser: Browser) -> None:
    with pytest.raises(HTTPError, match="404") as error:
        browser.get("/part/secrets")
    error.value.close()


def test_nothing_from_elsewhere_is_loaded_or_run(browser: Browser) -> None:
    with browser.open("/") as answer:
        policy = answer.headers["content-security-policy"]
        shown = answer.read().decode()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "https://" not in shown.replace("https://www.w3.org", "")


def test_shortcuts_of_the_manifest_stand_in_a_messages_menu(
    stage: Stage, browser: Browser, web: WebClient
) -> None:
    web.chat_postMessage(channel="C0OPS", text="the plan")
    assert 'data-testid="message-menu"' not in browser.get("/part/messages?channel=C0OPS")
    stage.shortcuts = ({"type": "message", "name": "Ask again", "callback_id": "again"},)
    assert 'data-testid="shortcut-again"' in browser.get("/part/messages?channel=C0OPS")
