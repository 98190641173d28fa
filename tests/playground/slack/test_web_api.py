"""The Web API as slack_sdk's own client meets it."""

import json
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.conftest import PushedClock
from tests.playground.slack.words import actions, button, section


def refused(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def test_a_token_tells_whose_it_is(web: WebClient) -> None:
    assert web.auth_test()["user_id"] == "U0TOBAN"


@pytest.mark.parametrize(
    ("token", "code"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("app", "not_allowed_token_type")]
)
def test_a_wrong_token_is_refused(slack: LocalSlack, token: str, code: str) -> None:
    client = WebClient(slack.app_token if token == "app" else token, base_url=slack.api_url)
    with pytest.raises(SlackApiError) as error:
        client.api_call("users.list")
    assert refused(error) == code


def test_a_token_may_stand_in_the_body(slack: LocalSlack) -> None:
    form = urlencode({"token": slack.bot_token}).encode()
    with urlopen(f"{slack.api_url}auth.test", form, timeout=5) as answer:
        assert json.load(answer)["ok"]


def test_a_method_that_does_not_exist_is_refused(web: WebClient) -> None:
    with pytest.raises(SlackApiError) as error:
        web.api_call("files.upload")
    assert refused(error) == "unknown_method"


def test_form_fields_and_json_bodies_say_the_same(slack: LocalSlack, web: WebClient) -> None:
    args = {"channel": "C0OPS", "text": "hi", "blocks": [section("hi")]}
    web.api_call("chat.postMessage", json=args)
    web.api_call("chat.postMessage", data={**args, "blocks": '[{"type": "divider"}]'})
    assert [message.blocks[0]["type"] for message in slack.messages("C0OPS")] == ["section", "divider"]


def test_metadata_comes_back_only_when_asked_for(web: WebClient) -> None:
    about: Json = {"event_type": "outbox", "event_payload": {"id": "7"}}
    web.chat_postMessage(channel="C0OPS", text="hi", metadata=about)
    assert "metadata" not in web.conversations_history(channel="C0OPS")["messages"][0]
    found = web.conversations_history(channel="C0OPS", include_all_metadata=True)["messages"][0]
    assert found["metadata"] == about


def test_elements_without_ids_get_them(web: WebClient) -> None:
    nameless = button("x")
    del nameless["action_id"]
    block = web.chat_postMessage(channel="C0OPS", text="hi", blocks=[actions(nameless)])["message"]["blocks"][
        0
    ]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]


def test_two_messages_in_one_instant_have_two_timestamps(web: WebClient) -> None:
    said = [web.chat_postMessage(channel="C0OPS", text="hi")["ts"] for _ in range(2)]
    assert said == sorted(set(said))


def test_an_edit_keeps_what_was_not_sent(web: WebClient) -> None:
    said = web.chat_postMessage(channel="C0OPS", text="planned", blocks=[section("planned")])
    web.api_call("chat.update", json={"channel": "C0OPS", "ts": said["ts"], "blocks": [section("done")]})
    [message] = web.conversations_history(channel="C0OPS")["messages"]
    assert message["text"] == "planned"
    assert message["blocks"][0]["text"]["text"] == "done"
    assert message["edited"]


def test_an_edit_of_the_text_alone_takes_the_blocks_away(web: WebClient) -> None:
    said = web.chat_postMessage(channel="C0OPS", text="planned", blocks=[section("planned")])
    edited = web.chat_update(channel="C0OPS", ts=said["ts"], text="done")["message"]
    assert (edited["text"], edited.get("blocks", [])) == ("done", [])


def test_a_deleted_message_is_gone(slack: LocalSlack, web: WebClient) -> None:
    said = web.chat_postMessage(channel="C0OPS", text="hi")
    web.chat_delete(channel="C0OPS", ts=said["ts"])
    assert slack.messages("C0OPS") == []


def test_history_shows_threads_by_their_parent_only(web: WebClient) -> None:
    parent = web.chat_postMessage(channel="C0OPS", text="parent")["ts"]
    for text in ("one", "two"):
        web.chat_postMessage(channel="C0OPS", text=text, thread_ts=parent)
    [shown] = web.conversations_history(channel="C0OPS")["messages"]
    assert shown["reply_count"] == 2
    thread = web.conversations_replies(channel="C0OPS", ts=parent)["messages"]
    assert [message["text"] for message in thread] == ["parent", "one", "two"]


def test_history_comes_newest_first_and_in_pages(web: WebClient) -> None:
    for number in range(5):
        web.chat_postMessage(channel="C0OPS", text=str(number))
    pages = [page["messages"] for page in web.conversations_history(channel="C0OPS", limit=2)]
    assert [[message["text"] for message in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]


def test_history_can_be_cut_by_time(web: WebClient, clock: PushedClock) -> None:
    stamps = []
    for number in range(3):
        stamps.append(web.chat_postMessage(channel="C0OPS", text=str(number))["ts"])
        clock.push(seconds=10)
    later = web.conversations_history(channel="C0OPS", oldest=stamps[0])["messages"]
    assert [message["text"] for message in later] == ["2", "1"]
    first = web.conversations_history(channel="C0OPS", latest=stamps[0], inclusive=True)["messages"]
    assert [message["text"] for message in first] == ["0"]


def test_a_message_to_a_person_opens_direct_messages(slack: LocalSlack, web: WebClient) -> None:
    direct = web.conversations_open(users="U0SATO")["channel"]["id"]
    assert web.chat_postMessage(channel="U0SATO", text="hi")["channel"] == direct
    assert [message.text for message in slack.messages(direct)] == ["hi"]


def test_people_have_a_language(web: WebClient) -> None:
    locales = {
        id_: web.users_info(user=id_, include_locale=True)["user"]["locale"] for id_ in ("U0SATO", "U0MILLER")
    }
    assert locales == {"U0SATO": "ja-JP", "U0MILLER": "en-US"}


def test_user_groups_name_their_people(web: WebClient) -> None:
    groups = web.usergroups_list(include_users=True)["usergroups"]
    assert {group["handle"]: group["users"] for group in groups}["approvers"] == ["U0SUZUKI", "U0MILLER"]
    assert web.usergroups_users_list(usergroup="S0APPROVERS")["users"] == ["U0SUZUKI", "U0MILLER"]


def test_a_file_arrives_whole_and_is_shared_in_its_thread(slack: LocalSlack, web: WebClient) -> None:
    parent = web.chat_postMessage(channel="C0OPS", text="plan")["ts"]
    web.files_upload_v2(content="i-1\ni-2\n", filename="plan.txt", channel="C0OPS", thread_ts=parent)
    assert [file.content for file in slack.files()] == [b"i-1\ni-2\n"]
    shared = slack.messages("C0OPS")[-1]
    assert (shared.thread_ts, shared.files[0]["name"]) == (parent, "plan.txt")


def test_an_ephemeral_message_is_seen_by_one_person(slack: LocalSlack, web: WebClient) -> None:
    web.chat_postEphemeral(channel="C0OPS", user="U0SATO", text="psst")
    assert [message.text for message in slack.ephemerals("C0OPS", "U0SATO")] == ["psst"]
    assert slack.messages("C0OPS") == slack.ephemerals("C0OPS", "U0ITO") == []


CALLS = [
    ("chat.postMessage", {"channel": "C0NOWHERE", "text": "hi"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0RANDOM", "text": "hi"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "C0OLD", "text": "hi"}, "is_archived"),
    ("chat.postMessage", {"channel": "C0OPS"}, "no_text"),
    ("chat.postMessage", {"channel": "C0OPS", "blocks": "[{"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "C0OPS", "text": "hi", "thread_ts": "1.2"}, "thread_not_found"),
    ("chat.postMessage", {"channel": "C0OPS", "text": "hi", "metadata": "{}"}, "invalid_metadata_schema"),
    ("chat.postEphemeral", {"channel": "C0BILLING", "user": "U0ITO", "text": "hi"}, "user_not_in_channel"),
    ("chat.update", {"channel": "C0OPS", "ts": "1.2", "text": "hi"}, "message_not_found"),
    ("chat.getPermalink", {"channel": "C0OPS", "message_ts": "1.2"}, "message_not_found"),
    ("conversations.history", {"channel": "C0RANDOM"}, "not_in_channel"),
    ("conversations.replies", {"channel": "C0OPS", "ts": "1.2"}, "thread_not_found"),
    ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
    ("conversations.list", {"cursor": "abc"}, "invalid_cursor"),
    ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("users.info", {}, "invalid_arguments"),
    ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
    ("files.completeUploadExternal", {"files": '[{"id": "F1"}]'}, "file_not_found"),
    ("reactions.add", {"channel": "C0OPS", "timestamp": "1.2", "name": "eyes"}, "message_not_found"),
]


@pytest.mark.parametrize(("method", "args", "code"), CALLS)
def test_slack_says_no_in_its_own_words(web: WebClient, method: str, args: Json, code: str) -> None:
    with pytest.raises(SlackApiError) as error:
        web.api_call(method, params=args)
    assert refused(error) == code


def test_only_ones_own_messages_can_be_changed(slack: LocalSlack, web: WebClient) -> None:
    said = slack.as_person("U0SATO").says("C0OPS", "mine").message
    assert said is not None
    with pytest.raises(SlackApiError) as error:
        web.chat_update(channel="C0OPS", ts=said.ts, text="yours")
    assert refused(error) == "cant_update_message"
