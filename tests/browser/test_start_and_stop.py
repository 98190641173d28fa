"""Starting and stopping as a team sees it: what does not come up is explained where it was asked for."""

import re

from playwright.sync_api import Locator, expect

from playground.page.stage import Stage
from tests.browser.conftest import Sits
from tests.browser.seat import Seat
from tests.scenarios.given import OPERATOR, OPS, SECOND


def test_an_instance_that_kms_keeps_down_is_explained_with_the_statement_that_is_missing(sits: Sits) -> None:
    seat = sits(SECOND)
    line = happens(seat, "start-kms", "stg-batch-01")
    card = card_of(seat, line, "failed")
    expect(card).to_contain_text("Client error on launch")
    expect(card).to_contain_text("kms:CreateGrant")
    answer = card_of(seat, line.replace("start", "why"), "What to do")
    expect(answer.locator("pre")).to_contain_text(
        re.compile('"kms:CreateGrant".*"kms:GrantIsForAWSResource"', re.DOTALL)
    )
    expect(answer).to_contain_text("CloudTrail: CreateGrant")

    seat.page.get_by_test_id("all-well").click()
    expect(seat.page.get_by_test_id("standing")).to_contain_text("nothing")
    card_of(seat, "/ec2 start name:stg-batch-01", "done")
    seat.page.get_by_test_id("panel-aws").click()
    seat.sees("stg-batch-01", "running")


def test_a_start_without_capacity_waits_for_its_next_try_and_other_zones_are_offered(sits: Sits) -> None:
    seat = sits(SECOND)
    line = happens(seat, "no-capacity", "dev-batch-01")
    card_of(seat, line, "InsufficientInstanceCapacity")
    answer = card_of(seat, line.replace("start", "why").removesuffix(" --within 1m"), "has no capacity")
    expect(answer).to_contain_text(re.compile("t3.large is offered.* ap-northeast-1c, ap-northeast-1d"))
    seat.page.get_by_test_id("all-well").click()  # so the next try succeeds


def test_a_spot_notice_is_told_with_the_line_that_saves_what_can_be_saved(sits: Sits) -> None:
    seat = sits(SECOND)
    line = happens(seat, "spot-notice", "spot-api-01")
    spot = seat.instance("spot-api-01").get_attribute("data-id") or ""
    answer = card_of(seat, f"/ec2 why {spot}", "takes this spot instance back within two minutes")
    expect(answer).to_contain_text(f"/ec2 drain {spot}")
    expect(answer).to_contain_text("marked-for-termination")
    assert line.startswith("/ec2 drain")


def test_home_draws_the_hours_and_what_is_kept_up_is_seen_there_and_on_the_list(
    sits: Sits, stage: Stage
) -> None:
    seat = sits(OPERATOR, OPS)
    kept = seat.instance("dev-db-01").get_attribute("data-id") or ""
    card = card_of(
        seat, f"/ec2 keep running {kept} until 23:59", "23:59", f"/ec2 keep running {kept} --until 23:59"
    )
    expect(card).to_contain_text("実行中")
    row = card_of(seat, f"/ec2 list {kept}", "office-tokyo").get_by_role("row").filter(has_text="dev-db-01")
    expect(row).to_contain_text("23:59")

    page = sits(OPERATOR, stage.slack.workspace.direct(OPERATOR).id).page
    page.get_by_test_id("tab-home").click()
    home = page.get_by_test_id("home")
    expect(home).to_contain_text("今日の稼働時間")
    expect(home.locator("code").filter(has_text="◆")).to_have_text(
        re.compile(r"0[░▄█◆]{6}6[░▄█◆]{6}12[░▄█◆]{6}18[░▄█◆]{6}24")
    )
    expect(home).to_contain_text(re.compile(r"⏳ .*#\d+.*23:59"))


def happens(seat: Seat, what: str, target: str) -> str:
    """Let something happen to a target; return the line that the menu then proposes."""
    page = seat.page
    page.get_by_test_id("panel-happen").click()
    page.get_by_test_id(f"target-{what}").select_option(label=target)
    page.get_by_test_id(f"happen-{what}").click()
    page.get_by_test_id(f"then-{what}").click()
    return page.get_by_test_id("composer").input_value()


def card_of(seat: Seat, line: str, says: str, canonical: str = "") -> Locator:
    """Type a line; return its message, which may write it in another way, once it says this."""
    seat.types(line)
    card = seat.card(canonical or line)
    expect(card).to_contain_text(says)
    return card
