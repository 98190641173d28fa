import pytest

from bot.views.blocks import (
    BUTTON,
    CONTEXT,
    HEADER,
    SECTION,
    Block,
    actions,
    button,
    confirm,
    context,
    header,
    paragraph,
    preformatted,
    section,
)
from bot.views.message import BLOCKS, TEXT, Message
from playground.slack.limits.messages import check_blocks

LONG = "&amp;" * 5000


@pytest.mark.parametrize(
    "block",
    [
        header(LONG),
        header(""),
        section(LONG),
        section(""),
        context(*[LONG] * 20),
        context(),
        preformatted(LONG),
        preformatted("```"),
        actions([button(LONG, "a", "v", "danger", confirm(LONG, LONG, LONG, LONG))]),
        actions([button(str(n), f"a{n}", "v") for n in range(40)]),
        *paragraph([LONG, LONG]),
    ],
)
def test_whatever_goes_into_a_block_slack_takes_it(block: Block) -> None:
    check_blocks([block])


def test_a_header_a_section_and_a_button_hold_exactly_their_limits() -> None:
    check_blocks([header("x" * HEADER), section("x" * SECTION), context(*["x"] * CONTEXT)])
    label: Block = button("x" * BUTTON, "a", "v")["text"]  # type: ignore[assignment]  # a text object
    assert label["text"] == "x" * BUTTON


def test_what_a_button_brings_back_is_never_clipped() -> None:
    with pytest.raises(ValueError, match="may not be clipped"):
        button("Approve", "toban.approve", "x" * 2001)


def test_no_lines_make_no_paragraph() -> None:
    assert paragraph([]) == []
    assert paragraph(["", ""]) == []


def test_a_message_keeps_at_most_fifty_blocks_and_a_text_that_an_edit_takes() -> None:
    message = Message.of([section("x" * 100)] * 80)
    assert len(message.blocks) == BLOCKS
    assert len(message.text) <= TEXT


def test_the_text_of_a_message_holds_the_facts_of_every_block() -> None:
    table: Block = {"type": "table", "rows": [[{"type": "raw_text", "text": "<b>"}]]}
    message = Message.of([header("<a> *b*"), section("c"), context("d", "e"), table])
    assert message.text.replace("\u2060", "") == "&lt;a&gt; *b*\nc\nd · e\n&lt;b&gt;"


def test_a_message_without_text_is_never_empty() -> None:
    assert Message.of([]).text == " "
