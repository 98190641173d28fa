"""Everybody reads their own language, and is offered what they may do."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Sits
from tests.scenarios.given import APPROVER, OPERATOR, OPS, READER, SECOND


def test_a_japanese_team_reads_japanese_from_the_plan_to_the_end(sits: Sits) -> None:
    seat = sits(OPERATOR, OPS, locale="ja-JP")
    expect(seat.page.locator("html")).to_have_attribute("lang", "ja")
    line = "/ec2 stop name:us-db-01"
    card = seat.asks(line, state="承認待ち")
    seat.becomes(APPROVER)
    expect(card.get_by_role("button", name="承認", exact=True)).to_be_visible()
    seat.approves(card)
    seat.sees("us-db-01", "stopped")
    expect(card).to_contain_text("完了")


def test_an_english_reader_is_answered_in_english_and_the_page_speaks_it_too(sits: Sits) -> None:
    seat = sits(SECOND, locale="en-US")
    expect(seat.page.locator("html")).to_have_attribute("lang", "en")
    expect(seat.page.get_by_test_id("panel-happen")).to_have_text("Make it happen")
    seat.types("/toban whoami")
    expect(seat.told("operators, approvers", "You may use")).to_contain_text("/ec2")


@pytest.mark.parametrize(
    ("person", "words"),
    [(OPERATOR, "EC2インスタンスを停止します。"), (SECOND, "Stop EC2 instances")],
    ids=["Japanese", "English"],
)
def test_help_speaks_the_readers_language_in_the_same_channel(sits: Sits, person: str, words: str) -> None:
    seat = sits(person)
    seat.types("/toban help")
    expect(seat.told("/ec2 stop", words)).to_be_visible()


def test_who_may_only_read_is_refused_in_words_and_nothing_is_stopped(sits: Sits) -> None:
    seat = sits(READER)
    seat.types("/ec2 stop name:web-04")
    expect(seat.told("ec2.stop is only for operators")).to_be_visible()
    seat.sees("web-04", "running")
