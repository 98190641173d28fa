"""slack_sdk's own models: what they write the local Slack takes, what it answers they read without loss."""

import pytest
from slack_sdk import WebClient
from slack_sdk.models.attachments import BlockAttachment
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ChannelSelectElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    DatePickerElement,
    DividerBlock,
    ExternalDataSelectElement,
    HeaderBlock,
    ImageBlock,
    InputBlock,
    MarkdownBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    RadioButtonsElement,
    SectionBlock,
    StaticSelectElement,
    TableBlock,
    UserMultiSelectElement,
    VideoBlock,
)
from slack_sdk.models.metadata import Metadata
from slack_sdk.models.views import View

from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.working import Stage

YES_NO = [Option(text="はい", value="yes"), Option(text="いいえ", value="no")]
ASK = ConfirmObject(title="Sure?", text="It stops 3 instances.", confirm="Stop", deny="Keep", style="danger")
CELLS = [[{"type": "raw_text", "text": "web-1"}, {"type": "raw_text", "text": "stopped"}]]

IN_BOTH: list[Block] = [
    HeaderBlock(text="Plan"),
    DividerBlock(),
    SectionBlock(text="*3* instances", fields=["dev", "tokyo"]),
    SectionBlock(text="who", accessory=OverflowMenuElement(action_id="more", options=YES_NO)),
    ContextBlock(elements=[MarkdownTextObject(text="asked by <@U0SATO>")]),
    ImageBlock(image_url="https://example.com/bill.png", alt_text="the bill"),
    ActionsBlock(
        elements=[
            ButtonElement(action_id="go", text="Stop", value="op-1", style="danger", confirm=ASK),
            StaticSelectElement(action_id="size", placeholder="size", options=YES_NO),
            ExternalDataSelectElement(action_id="target", placeholder="target", min_query_length=0),
            DatePickerElement(action_id="day", initial_date="2026-11-02"),
            ChannelSelectElement(action_id="where", placeholder="where"),
            UserMultiSelectElement(action_id="who", placeholder="who"),
            RadioButtonsElement(action_id="one", options=YES_NO),
            CheckboxesElement(action_id="some", options=YES_NO),
        ]
    ),
    VideoBlock(
        title="A run",
        alt_text="a run",
        video_url="https://example.com/run",
        thumbnail_url="https://example.com/run.png",
    ),
]
IN_MESSAGES: list[Block] = [*IN_BOTH, MarkdownBlock(text="**done**"), TableBlock(rows=CELLS)]
IN_FORMS: list[Block] = [
    *IN_BOTH,
    InputBlock(block_id="why", label="why", element=PlainTextInputElement(action_id="text"), optional=True),
]


def within(sent: object, shown: object) -> bool:
    """Whether everything that was sent is shown; what Slack adds (ids, emoji) may stand beside it."""
    if isinstance(sent, dict) and isinstance(shown, dict):
        return all(key in shown and within(value, shown[key]) for key, value in sent.items())
    if isinstance(sent, list) and isinstance(shown, list):
        return len(sent) == len(shown) and all(map(within, sent, shown))
    return sent == shown


def read_again(shown: list[Json]) -> list[Json]:
    """Return blocks as slack_sdk's models have understood them."""
    return [block.to_dict() for block in Block.parse_all(shown)]


@pytest.mark.parametrize("block", IN_MESSAGES, ids=lambda block: str(block.type))
def test_a_block_that_slack_sdk_writes_comes_back_as_it_reads_it(web: WebClient, block: Block) -> None:
    said = web.chat_postMessage(channel="C0OPS", text="plan", blocks=[block])
    shown = said["message"]["blocks"]
    assert within([block.to_dict()], shown)
    assert read_again(shown) == shown


def test_blocks_are_the_same_in_history_in_threads_and_after_an_edit(web: WebClient) -> None:
    said = web.chat_postMessage(channel="C0OPS", text="plan", blocks=IN_MESSAGES[:2])
    edited = web.chat_update(channel="C0OPS", ts=said["ts"], text="done", blocks=IN_MESSAGES[2:4])
    shown = edited["message"]["blocks"]
    assert read_again(shown) == shown
    assert web.conversations_history(channel="C0OPS")["messages"][0]["blocks"] == shown
    assert web.conversations_replies(channel="C0OPS", ts=said["ts"])["messages"][0]["blocks"] == shown


def test_an_attachment_holds_blocks(web: WebClient) -> None:
    attachment = BlockAttachment(blocks=IN_MESSAGES[:2], color="#2eb886", fallback="plan")
    said = web.chat_postMessage(channel="C0OPS", text="plan", attachments=[attachment])
    assert within([attachment.to_dict()], said["message"]["attachments"])


def test_metadata_comes_back_as_it_was_sent(web: WebClient) -> None:
    about = Metadata(event_type="outbox", event_payload={"id": "7", "parts": ["a", 1]})
    said = web.chat_postMessage(channel="C0OPS", text="hi", metadata=about)
    assert Metadata(**said["message"]["metadata"]) == about


def form() -> View:
    return View(
        type="modal",
        callback_id="stop",
        external_id="stop-1",
        title="Stop",
        submit="Send",
        close="Back",
        private_metadata="{}",
        blocks=IN_FORMS,
        clear_on_close=True,
        notify_on_close=True,
    )


@pytest.mark.parametrize("method", ["views_open", "views_push", "views_update", "views_publish"])
def test_a_view_that_slack_sdk_writes_comes_back_as_it_reads_it(
    slack: LocalSlack, web: WebClient, method: str
) -> None:
    on, view = Stage(slack), form()
    if method == "views_publish":
        view = View(type="home", callback_id="home", private_metadata="{}", blocks=IN_FORMS)
    about = {
        "views_open": lambda: {"trigger_id": on.trigger()},
        "views_push": lambda: {"trigger_id": on.trigger(on.view())},
        "views_update": lambda: {"view_id": on.view()},
        "views_publish": lambda: {"user_id": "U0SATO"},
    }[method]()
    shown = getattr(web, method)(view=view, **about)["view"]
    assert within(view.to_dict(), shown)
    known = {key: value for key, value in shown.items() if key in View.attributes and value not in (None, "")}
    assert View(**shown).to_dict() == known
