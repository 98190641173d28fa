"""Pictures that were uploaded without a channel, and charts, as messages show them."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ImageBlock
from slack_sdk.models.blocks.basic_components import SlackFile

from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.conftest import PushedClock
from tests.playground.slack.test_limits import chart

PNG = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256))


def uploaded(web: WebClient, name: str = "bill.png", **more: Any) -> str:
    done = web.files_upload_v2(filename=name, content=PNG, **more)
    return str(done["files"][0]["id"])


def shown(file: str) -> Json:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": "the bill"}


def refused(web: WebClient, *blocks: Json) -> list[str]:
    with pytest.raises(SlackApiError) as error:
        web.chat_postMessage(channel="C0OPS", text="x", blocks=blocks)
    assert error.value.response["error"] == "invalid_blocks"
    said: list[str] = error.value.response["errors"]
    return said


def test_bytes_are_kept_as_they_came(slack: LocalSlack, web: WebClient) -> None:
    uploaded(web, alt_txt="costs by day")
    [file] = slack.files()
    assert (file.content, file.kind, file.channels) == (PNG, "image/png", [])
    assert file.as_slack()["alt_txt"] == "costs by day"


def test_a_picture_without_a_channel_is_shown_by_a_block(slack: LocalSlack, web: WebClient) -> None:
    block = ImageBlock(slack_file=SlackFile(id=uploaded(web)), alt_text="the bill")
    web.chat_postMessage(channel="C0OPS", text="x", blocks=[block])
    [said] = slack.messages("C0OPS")
    assert (said.blocks[0]["slack_file"], said.files) == ({"id": slack.files()[0].id}, [])


def test_a_file_that_slack_still_works_on_is_refused_and_later_taken(
    slack: LocalSlack, web: WebClient, clock: PushedClock
) -> None:
    slack.workspace.files.working = timedelta(seconds=3)
    block = shown(uploaded(web))
    assert refused(web, block) == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    clock.push(seconds=4)
    assert web.chat_postMessage(channel="C0OPS", text="x", blocks=[block])["ok"]


@pytest.mark.parametrize("name", ["bill.txt", "bill.svg", "bill.webp"])
def test_only_pictures_of_some_kinds_are_shown(web: WebClient, name: str) -> None:
    assert "invalid slack file" in refused(web, shown(uploaded(web, name)))[0]


def test_a_file_that_is_not_there_is_refused_wherever_it_stands(web: WebClient) -> None:
    inside = {"type": "context", "elements": [shown("F0NONE")]}
    assert refused(web, {"type": "divider"}, inside) == [
        "invalid slack file [json-pointer:/blocks/1/elements/0/slack_file]"
    ]


def test_what_one_person_alone_sees_may_have_a_picture(slack: LocalSlack, web: WebClient) -> None:
    block = shown(uploaded(web))
    web.chat_postEphemeral(channel="C0OPS", user="U0SATO", text="x", blocks=[block])
    name = slack.office.urls.make("C0OPS", "U0SATO")
    slack.office.urls.use(name, {"text": "x", "blocks": [block]})
    assert [len(said.blocks) for said in slack.ephemerals("C0OPS", "U0SATO")] == [1, 1]


def test_a_workspace_that_has_no_charts_yet_says_so(slack: LocalSlack, web: WebClient) -> None:
    assert web.chat_postMessage(channel="C0OPS", text="x", blocks=[chart()])["ok"]
    slack.workspace.has_charts = False
    assert refused(web, {"type": "divider"}, chart()) == [
        "unsupported type: data_visualization [json-pointer:/blocks/1/type]"
    ]
