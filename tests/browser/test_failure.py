"""A failure test as a team sees it: a zone is lost, somebody ends it; the next one runs to its report."""

import re
from collections.abc import Iterator
from time import monotonic, sleep

import pytest
from playwright.sync_api import Locator, expect

from playground.page.stage import Stage
from playground.shop.light import Light
from tests.browser.conftest import Sits
from tests.browser.seat import Seat
from tests.scenarios.given import APPROVER, OPERATOR, OPS

LINE = "/failover run zone ap-northeast-1a --for 12s --probe shop --before 4s"
FAST = 0.15  # of the time that things take in AWS and in the shop
SLOW = 120_000  # milliseconds until a failure test is over


@pytest.fixture
def fast(stage: Stage) -> Iterator[Stage]:
    """AWS and the shop in a hurry: a database's failover takes eight seconds."""
    shop, control = stage.shop, stage.world.aws.control
    assert shop is not None
    shop.timing.scale = FAST
    control.databases_fail_over(scale=FAST)
    control.caches_fail_over(scale=FAST / 3)
    yield stage
    shop.timing.scale = 1.0
    control.databases_fail_over()
    control.caches_fail_over()


def begun(seat: Seat) -> Locator:
    """A zone's failure test that a colleague has agreed to; returns its message."""
    before = drills(seat).count()
    card = seat.asks(LINE, "承認待ち")
    seat.becomes(APPROVER)
    seat.approves(card)
    seat.becomes(OPERATOR)
    expect(drills(seat)).to_have_count(before + 1)
    return drills(seat).last


def drills(seat: Seat) -> Locator:
    return seat.page.get_by_test_id("message").filter(has_text=re.compile(r"#\d+ · ゾーン"))


def is_well(stage: Stage) -> None:
    """Wait until the shop's users fare well again."""
    until = monotonic() + 60
    while stage.shop is not None and stage.shop.light is not Light.WELL and monotonic() < until:
        sleep(0.1)
    assert stage.shop is not None
    assert stage.shop.light is Light.WELL


def abort(drill: Locator) -> Locator:
    return drill.get_by_test_id("button-toban.abort")


def test_a_zone_is_lost_and_put_back_by_whoever_presses_abort(sits: Sits, fast: Stage) -> None:
    seat = sits(OPERATOR, OPS)
    drill = begun(seat)
    expect(drill).to_contain_text("504", timeout=SLOW)
    expect(drill.get_by_role("img").first).to_be_visible()
    expect(drill).to_contain_text("failover.cut-subnet")
    abort(drill).click()
    expect(drill).to_contain_text("failover.restore-subnet", timeout=SLOW)
    expect(abort(drill)).to_have_count(0, timeout=SLOW)
    is_well(fast)
    expect(drill).to_contain_text("終了", timeout=SLOW)  # there is one at a time


def test_it_runs_to_its_end_and_the_report_says_how_long_users_were_out(sits: Sits, fast: Stage) -> None:
    """Whether the database's primary is in the zone or not: the story before may have moved it."""
    seat = sits(OPERATOR, OPS)
    drill = begun(seat)
    expect(drill).to_contain_text("意図的な障害の最中", timeout=SLOW)
    expect(drill).to_contain_text(re.compile("仮説"), timeout=SLOW)
    thread = seat.thread_of(drill)
    expect(thread).to_contain_text("504", timeout=SLOW)
    expect(thread.get_by_role("img").first).to_be_visible()
    expect(thread.locator(".file").filter(has_text=re.compile(r"failure-test-\d+\.html"))).to_be_visible()
