"""Buttons that ask a line."""

from typing import Any

from bot.plan import Offer, Plan
from bot.views.answer import answer
from bot.views.offers import offer_blocks
from bot.words import words
from playground.slack.limits.messages import check_blocks
from tests.bot.views.reports import speaker

DELETE = Offer(words("Delete {id}", id="vol-1"), "volume delete vol-1")


def buttons(offers: list[Offer], language: str = "en") -> list[list[Any]]:
    blocks: Any = offer_blocks(offers, speaker(language))
    check_blocks(blocks)
    return [block["elements"] for block in blocks]


def test_a_button_brings_back_its_line() -> None:
    [[button]] = buttons([DELETE])
    assert (button["text"]["text"], button["value"]) == ("Delete vol-1", "volume delete vol-1")


def test_buttons_of_one_message_are_told_apart() -> None:
    made = buttons([DELETE] * 30)
    assert [len(row) for row in made] == [25, 5]
    assert len({button["action_id"] for row in made for button in row}) == 30


def test_a_line_that_would_not_come_back_whole_gets_no_button() -> None:
    long = Offer(words("all"), "x" * 2001)
    assert buttons([long, DELETE]) == buttons([DELETE])
    assert buttons([Offer(words("nothing"), "")]) == []


def test_more_offers_than_anybody_looks_through_are_cut() -> None:
    assert sum(map(len, buttons([DELETE] * 70))) == 50


def test_where_there_are_no_buttons_the_lines_can_be_typed() -> None:
    said = answer(Plan(words("one volume is unused"), offers=(DELETE,)), speaker("en"))
    assert said.blocks[-1]["type"] == "actions"
    assert said.text.splitlines() == ["one volume is unused", "Delete vol-1: `/volume delete vol-1`"]
