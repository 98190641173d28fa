"""What needs another person, as the two of them see it in their browsers."""

import re

from playwright.sync_api import expect

from playground.page.stage import Stage
from tests.browser.conftest import Sits
from tests.browser.seat import APPROVE, DENY, REVIEW
from tests.scenarios.given import APPROVER, OPERATOR, SECOND

EMERGENCY = '/ec2 stop name:web-02 --emergency "the disk is full"'


def test_typed_seen_approved_by_another_stopped_and_found_in_the_audit_log(sits: Sits, stage: Stage) -> None:
    """The whole story, in two windows."""
    control = stage.world.aws.control
    control.instances_take(stop=None)  # until it is released below
    sato, suzuki = sits(OPERATOR), sits(APPROVER)
    line = "/ec2 stop name:search-01"
    card = sato.asks(line)
    target = sato.instance("search-01").get_attribute("data-id") or ""
    expect(card).to_contain_text(re.compile(f"{target}.*running → stopped"))
    sato.sees("search-01", "running")

    suzuki.approves(suzuki.card(line))
    sato.sees("search-01", "stopping")
    control.release_instances([target])
    sato.sees("search-01", "stopped")
    expect(card).to_contain_text("done")
    expect(card.get_by_test_id(APPROVE)).to_have_count(0)
    expect(card.get_by_test_id("replies")).to_be_visible()  # who asked is called by a reply

    control.instances_take()
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
    expect(form.get_by_test_id("field-error")).to_have_text("入力してください。")  # 鈴木 reads Japanese
    expect(form.locator("textarea")).to_be_focused()
    expect(form.locator("textarea")).to_have_attribute("aria-invalid", "true")
    form.locator("textarea").fill("x")
    expect(form.get_by_test_id("field-error")).to_have_count(0)
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


def test_two_people_must_agree_and_the_first_is_counted_once(sits: Sits) -> None:
    """Neither the first one's second click nor who asked makes up for the second person."""
    seat = sits(OPERATOR)
    card = seat.asks("/ec2 stop name:db-01")
    expect(card).to_contain_text("0 of 2 approvals")
    seat.becomes(APPROVER)
    seat.approves(card)
    expect(card).to_contain_text("1 of 2 approvals")
    seat.approves(card)
    expect(seat.told("すでに回答済み")).to_be_visible()

    seat.becomes(OPERATOR)
    seat.approves(card)
    expect(seat.told("承認は別の人が行う必要があります")).to_be_visible()
    expect(card).to_contain_text("1 of 2 approvals")
    seat.sees("db-01", "running")

    seat.becomes(SECOND)
    seat.approves(card)
    seat.sees("db-01", "stopped")
    expect(card).to_contain_text("done")


def test_who_cannot_wait_begins_at_once_and_the_review_stays_open_until_another_person_gives_it(
    sits: Sits,
) -> None:
    seat = sits(OPERATOR)
    card = seat.asks(EMERGENCY, state="done")
    seat.sees("web-02", "stopped")
    expect(card).to_contain_text("could not wait for an approval: the disk is full")
    expect(card).to_contain_text("not reviewed yet")
    expect(seat.thread_of(card).get_by_text("please review it")).to_contain_text("鈴木 健一")

    card.get_by_test_id(REVIEW).click()
    expect(seat.told("別の")).to_be_visible()
    seat.page.reload()
    expect(card).to_contain_text("not reviewed yet")

    seat.becomes(APPROVER)
    card.get_by_test_id(REVIEW).click()
    expect(card).to_contain_text(re.compile("reviewed by .*鈴木 健一"))
    expect(card.get_by_test_id(REVIEW)).to_have_count(0)


def test_what_a_message_tells_of_is_asked_again_from_its_menu(sits: Sits) -> None:
    """By whoever uses it: the same line, a new operation."""
    seat = sits(OPERATOR)
    line = "/ec2 stop name:web-03"
    card = seat.asks(line)
    cards = seat.page.get_by_test_id("message").filter(has=seat.page.get_by_text(line, exact=True))
    expect(cards).to_have_count(1)
    seat.becomes(SECOND)
    card.hover()
    card.get_by_test_id("message-menu").click()
    card.get_by_test_id("shortcut-toban.again").click()
    expect(cards).to_have_count(2)
    expect(cards.last).to_contain_text("Anna Miller")
    expect(cards.last).to_contain_text("waiting for approval")
