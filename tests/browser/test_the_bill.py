"""The bill as a team sees it: the morning's post with its picture, why something moved, and what could go."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Sits
from tests.browser.seat import Seat
from tests.browser.test_the_night import comes
from tests.scenarios.given import APPROVER, OPERATOR, SECOND

BILLING = "C0BILLING"
LONG = 60_000  # milliseconds: a last snapshot is looked for every quarter of a minute


def test_at_nine_the_bill_is_told_with_a_picture_and_a_button_says_why(sits: Sits) -> None:
    seat = sits(OPERATOR, BILLING)
    comes(seat, "bill")
    post = seat.card("/cost report")
    expect(post).to_contain_text("暫定値")
    expect(post.get_by_role("img").first).to_have_attribute("alt", re.compile("日別コスト"))
    expect(post.get_by_role("table").first).to_contain_text("Σ")
    expect(post).to_contain_text(re.compile(r"⚠️ EC2 - Other: .*主に dev"))
    post.get_by_role("button", name="なぜ?").click()
    thread = seat.thread_of(post)
    expect(thread).to_contain_text("APN1-NatGateway-Bytes")
    expect(thread).to_contain_text(re.compile(r"EC2 - Other のアカウント別: dev"))


def test_what_nobody_needs_is_found_and_a_button_of_it_ends_in_an_approved_deletion(sits: Sits) -> None:
    seat = sits(SECOND)
    seat.types("/cost waste")
    waste = answer(seat, "/cost waste", "az-outage-check")
    expect(waste).to_contain_text("db-02-restored")
    waste.get_by_role("button", name=re.compile("Delete az-outage-check")).click()
    card = seat.page.get_by_test_id("message").filter(has_text="waiting for approval").last
    expect(card).to_contain_text("/volume delete")
    approver = sits(APPROVER)
    asked = approver.page.get_by_test_id("message").filter(has_text="/volume delete").last
    approver.approves(asked)
    expect(asked).to_contain_text(re.compile("· done|完了"), timeout=LONG)
    seat.types("/cost waste --older-than 91d")
    expect(answer(seat, "/cost waste --older-than 91d", "db-02-restored")).not_to_contain_text(
        "az-outage-check"
    )


def answer(seat: Seat, line: str, words: str) -> Locator:
    """The newest answer to a line that begins so, once it says these words."""
    found = seat.page.get_by_test_id("message").filter(has_text=line).filter(has_text=words).last
    expect(found).to_be_visible()
    return found
