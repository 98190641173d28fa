"""The night as a team sees it: how far it is, its end and its file, a bad one, and the morning's report."""

import re

from playwright.sync_api import Locator, expect

from playground.aws.faults import Fault, Kind
from playground.page.stage import Stage
from tests.browser.conftest import Sits
from tests.browser.seat import Seat
from tests.scenarios.given import OPERATOR, OPS, SECOND

NIGHT = "/backup tonight --keep 7 --copy-to us-east-1"
DEVELOPMENT = "/backup tonight name:dev-web-* --keep 2 --copy-to us-east-1"


def test_at_one_oclock_everything_is_backed_up_and_the_channel_follows_it(sits: Sits, stage: Stage) -> None:
    """Nobody clicks: a colleague has agreed to the schedule before."""
    seat = sits(OPERATOR, OPS)
    newest = newest_snapshot(seat, "prod-us-east-1")
    before = newest.get_attribute("title") or ""
    held = Fault(Kind.LATENCY, action="DeleteSnapshot", times=1, seconds=6)
    stage.world.aws.control.order(held)  # long enough to be seen
    comes(seat, "nightly-backup")
    card = seat.card(NIGHT)
    expect(card).to_contain_text("実行中")
    expect(card).to_contain_text(re.compile(r"▓+░* \d+% · \d+ステップ中"))

    expect(card).to_contain_text(re.compile("新しい世代 28 件、コピー 24 件、古い世代の削除 1[0-9]{2} 件"))
    expect(card).to_contain_text("30 件中 28 件が完了、スキップ 2")
    expect(newest).not_to_have_attribute("title", before)
    file = seat.thread_of(card).locator(".file").filter(has_text="backup-").last
    expect(file).to_contain_text(re.compile("web-01.*done"))


def test_a_night_that_fails_is_red_says_why_and_what_to_do_and_the_morning_names_it(sits: Sits) -> None:
    seat = sits(SECOND)
    page = seat.page
    page.get_by_test_id("panel-happen").click()
    page.get_by_test_id("target-snapshot-fails").select_option(label="dev-web-02 · 30 GiB")
    for each in ("snapshot-fails", "copy-kms"):
        page.get_by_test_id(f"happen-{each}").click()
    expect(page.get_by_test_id("standing").get_by_role("listitem")).to_have_count(2)
    card = seat.asks(DEVELOPMENT, state="partly done")
    expect(card).to_contain_text(re.compile("🔴 .*1 of 3 volumes and instances; 2 failed"))
    expect(card).to_contain_text(
        re.compile("dev-web-02 failed: .*error.*/backup tonight vol-.* tries again now")
    )
    expect(card).to_contain_text(re.compile("failed: .*Given key ID is not accessible.* a key or a right"))
    expect(seat.thread_of(card).get_by_text("@Anna Miller").last).to_be_visible()

    morning = sits(OPERATOR, OPS)
    comes(morning, "morning-report")
    report = morning.card("/backup report")
    expect(report).to_contain_text("🔴")
    expect(report).to_contain_text(re.compile("dev-web-02.*An internal error occurred", re.DOTALL))


def comes(seat: Seat, schedule: str) -> None:
    """Push the clock to the time of a schedule, then look at the estate again."""
    seat.page.get_by_test_id("panel-happen").click()
    seat.page.get_by_test_id(f"clock-{schedule}").click()
    expect(seat.page.get_by_test_id("clock-said")).to_contain_text(f"/schedule run {schedule}")
    seat.page.get_by_test_id("panel-aws").click()


def newest_snapshot(seat: Seat, place: str) -> Locator:
    """The newest snapshot that the estate shows in a place."""
    return seat.page.locator(f"#newest-{place} li").first
