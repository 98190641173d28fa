"""Alarms as a team sees them: one message from begin to end, reports of abuse, many at once.

The many come last: what is told shortly after them may be gathered with them.
"""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, expect

from bot.views.trouble import IGNORE
from playground.page.stage import Stage
from tests.browser.conftest import Sits
from tests.browser.seat import Seat
from tests.scenarios.given import APPROVER, OPERATOR, OPS, SECOND


def test_an_alarm_is_one_message_from_its_begin_over_who_looks_at_it_to_its_end(sits: Sits) -> None:
    seat = sits(OPERATOR, OPS)
    web = seat.instance("web-01").get_attribute("data-id") or ""
    happens(seat, "cpu-alarm", "web-01")
    alarm = message(seat, f"cpu-{web}")
    expect(alarm).to_contain_text("アラーム状態です")
    expect(alarm).to_contain_text("@operators")
    expect(alarm.get_by_role("img").first).to_have_attribute("alt", re.compile("CPUUtilization"))
    expect(alarm).to_contain_text("CodeDeploy で shop / web のデプロイを開始", timeout=20_000)
    alarm.get_by_role("button", name="対応する").click()
    expect(alarm).to_contain_text(re.compile("から.*佐藤.*対応中"))
    expect(alarm.get_by_role("button", name="対応する")).to_have_count(0)
    happens(seat, "cpu-recovers", "web-01")
    expect(alarm).to_contain_text(re.compile("に収まりました"))
    expect(alarm.get_by_role("button")).to_have_count(0)


def test_an_abuse_report_brings_the_buttons_that_stop_it(sits: Sits) -> None:
    seat = sits(OPERATOR, OPS)
    happens(seat, "abuse", "web-02")
    report = message(seat, "不正使用")
    for what in ("隔離", "停止"):
        expect(report.get_by_role("button", name=re.compile(what)).first).to_be_visible()
    expect(report.get_by_role("img").first).to_have_attribute("alt", re.compile("NetworkOut"))


def test_a_report_of_abuse_ends_in_an_instance_that_is_cut_off(sits: Sits) -> None:
    seat = sits(OPERATOR, OPS)
    web = seat.instance("dev-web-01").get_attribute("data-id") or ""
    happens(seat, "abuse", "dev-web-01")
    report = message(seat, web)
    report.get_by_role("button", name=re.compile("隔離")).first.click()
    thread = seat.thread_of(report)
    expect(thread).to_contain_text("インスタンス 1 台を隔離", timeout=60_000)
    expect(thread).to_contain_text("完了", timeout=60_000)


@pytest.mark.parametrize(
    ("person", "instance", "said"),
    [(OPERATOR, "batch-01", "自社のスキャナー"), (SECOND, "batch-02", "our own scanner")],
    ids=["ja", "en"],
)
def test_a_report_of_abuse_that_is_none_is_ignored_with_a_reason(
    sits: Sits, person: str, instance: str, said: str
) -> None:
    seat = sits(person, OPS)
    target = seat.instance(instance).get_attribute("data-id") or ""
    happens(seat, "abuse", instance)
    report = message(seat, target)
    report.get_by_test_id(f"button-{IGNORE}").click()
    form = seat.page.get_by_test_id("modal")
    expect(form).to_contain_text("/alarm acknowledge A")
    form.get_by_test_id("modal-submit").click()
    expect(form.get_by_test_id("field-error")).to_be_visible()  # nothing is sent without a reason
    form.get_by_role("textbox").fill(said)
    form.get_by_test_id("modal-submit").click()
    expect(form).to_have_count(0)
    expect(report.get_by_test_id(f"button-{IGNORE}")).to_have_count(0)
    expect(seat.thread_of(report)).to_contain_text(said, timeout=60_000)


def test_what_aws_has_scheduled_is_put_off_with_a_reminder_or_done_now(sits: Sits) -> None:
    seat = sits(OPERATOR, OPS)
    target = seat.instance("search-01").get_attribute("data-id") or ""
    happens(seat, "retirement", "search-01")
    notice = message(seat, target)
    labels = [label.strip() for label in notice.get_by_role("button").all_inner_texts()]
    now = [label for label in labels if re.match(r"[12]\.", label)]
    assert [label[:2] for label in now] == ["1.", "2."]
    notice.get_by_role("button", name="リマインドする").click()
    expect(seat.told("開始 1日前", "にリマインドします")).to_be_visible()
    expect(notice).to_contain_text("まで呼び出しません")
    notice.get_by_role("button", name=now[0]).click()
    thread = seat.thread_of(notice)
    expect(thread).to_contain_text(f"/ec2 stop {target}", timeout=60_000)
    expect(thread).to_contain_text("承認待ち", timeout=60_000)  # by the policy, like the line that is typed


def test_two_hundred_alarms_at_once_are_a_few_messages_and_one_click(sits: Sits) -> None:
    seat = sits(OPERATOR, OPS)
    before = seat.page.get_by_test_id("message").count()
    happens(seat, "storm")
    storm = seat.page.get_by_test_id("message").filter(has_text="件のアラームが同時に発生").last
    expect(storm).to_contain_text("/alarm list")
    expect(storm).to_contain_text(re.compile(r"(1[0-9]{2}|200) 件のアラーム"))
    assert seat.page.get_by_test_id("message").count() - before <= 20
    acknowledge_all(seat, storm)


def test_a_spot_notice_is_told_and_its_rule_asks_at_once_to_save_what_can_be_saved(
    sits: Sits, stage: Stage
) -> None:
    seat = sits(OPERATOR, OPS)
    target = seat.instance("spot-api-01").get_attribute("data-id") or ""
    happens(seat, "spot-notice", "spot-api-01")
    notice = message(seat, target)
    expect(notice).to_contain_text("スポットインスタンス")
    card = seat.card(f"/ec2 drain {target}")
    expect(card).to_contain_text("承認待ち")  # by the policy, as if somebody had typed it
    seat.becomes(APPROVER)
    seat.approves(card)
    expect(card).to_contain_text("· 完了", timeout=60_000)
    stage.world.aws.control.spot.take_back()  # other stories tell of it, too


def test_a_group_that_gets_no_instance_says_why(sits: Sits) -> None:
    seat = sits(OPERATOR, OPS)
    happens(seat, "group-starved", "web")
    told = message(seat, "sufficient capacity")
    told.get_by_role("button", name=re.compile("表示")).first.click()
    expect(seat.thread_of(told)).to_contain_text("/asg list web")


def test_a_failover_is_one_message_from_its_begin_to_its_end(sits: Sits) -> None:
    seat = sits(OPERATOR, OPS)
    happens(seat, "failover", "reports")
    told = message(seat, "フェイルオーバーが始まりました")
    number = re.search(r"#A\d+", told.inner_text())
    assert number
    same = seat.page.get_by_test_id("message").filter(has_text=f"{number[0]} ·")
    expect(same).to_contain_text(re.compile("に収まりました"), timeout=40_000)


def acknowledge_all(seat: Seat, storm: Locator) -> None:
    """Click until nobody has to look any more: what comes in after a click begins open, and is shown soon."""
    button = storm.get_by_role("button", name="すべて対応する")
    for _ in range(5):
        if button.count():
            button.click()
            expect(seat.told("件のアラームはあなたが対応中です")).to_be_visible()
        with suppress(AssertionError):
            expect(button).to_have_count(0, timeout=5_000)
            break
    expect(button).to_have_count(0)


def happens(seat: Seat, key: str, target: str = "") -> None:
    """Let something happen, to this target."""
    seat.page.get_by_test_id("panel-happen").click()
    if target:
        seat.page.get_by_test_id(f"target-{key}").select_option(label=target)
    seat.page.get_by_test_id(f"happen-{key}").click()
    seat.page.get_by_test_id("panel-aws").click()


def message(seat: Seat, words: str) -> Locator:
    """The newest alarm that says these words."""
    found = seat.page.get_by_test_id("message").filter(has_text=re.compile(r"#A\d+ ·")).filter(has_text=words)
    expect(found.last).to_be_visible()
    return found.last
