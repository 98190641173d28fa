"""What needs another person, as the two of them see it in their browsers."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Sits
from tests.browser.seat import APPROVE, DENY
from tests.scenarios.given import APPROVER, OPERATOR, SECOND


def test_typed_seen_approved_by_another_stopped_and_found_in_the_audit_log(sits: Sits) -> None:
    """The whole story, in two windows."""
    sato, suzuki = sits(OPERATOR), sits(APPROVER)
    line = "/ec2 stop name:search-01"
    card = sato.asks(line)
    target = sato.instance("search-01").get_attribute("data-id") or ""
    expect(card).to_contain_text(re.compile(f"{target}.*running → stopped"))
    sato.sees("search-01", "running")

    suzuki.approves(suzuki.card(line))
    sato.sees("search-01", "stopping")
    sato.sees("search-01", "stopped")
    expect(card).to_contain_text("done")
    expect(card.get_by_test_id(APPROVE)).to_have_count(0)
    expect(card.get_by_test_id("replies")).to_be_visible()  # who asked is called by a reply

    sato.types(f"/toban audit --resource {target}")
    found = sato.told(target, "step.ended")
    expect(found).to_be_visible()


def test_a_colleague_says_no_and_why_and_nothing_is_stopped(sits: Sits) -> None:
    seat = sits(OPERATOR)
    line = "/ec2 stop name:search-02"
    card = seat.asks(line)
    seat.becomes(APPROVER)
    card.get_by_test_id(DENY).click()
    form = seat.page.get_by_test_id("modal")
    form.locator("textarea").fill("バッチの後にしてください")
    form.get_by_test_id("modal-submit").click()
    expect(form).to_have_count(0)
    expect(card).to_contain_text("denied")
    expect(card).to_contain_text("バッチの後にしてください")
    expect(card.get_by_test_id(APPROVE)).to_have_count(0)
    seat.sees("search-02", "running")


def test_a_denial_without_a_reason_is_not_sent(sits: Sits) -> None:
    seat = sits(SECOND)
    card = seat.asks("/ec2 stop name:batch-01")
    seat.becomes(APPROVER)
    card.get_by_test_id(DENY).click()
    form = seat.page.get_by_test_id("modal")
    form.get_by_test_id("modal-submit").click()
    expect(form.locator("textarea:invalid")).to_be_focused()
    form.get_by_test_id("modal-cancel").click()
    expect(form).to_have_count(0)
    expect(card).to_contain_text("waiting for approval")


def test_who_asked_cannot_agree_and_is_told_so(sits: Sits) -> None:
    seat = sits(SECOND)
    card = seat.asks("/ec2 stop name:batch-02")
    seat.approves(card)
    expect(seat.told("somebody else has to agree")).to_be_visible()
    expect(card).to_contain_text("0 of 1 approvals")
    seat.sees("batch-02", "running")
