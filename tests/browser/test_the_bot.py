"""The bot is killed, stopped, given a short limit, a clock that is pushed and an AWS that says no."""

import json
import sqlite3
from contextlib import closing

from playwright.sync_api import expect

from playground.page.stage import Stage
from tests.browser.conftest import Sits
from tests.browser.seat import APPROVE
from tests.scenarios.given import APPROVER, OPERATOR, OPS, SECOND


def test_killed_between_plan_and_approval_it_goes_on_where_it_was(sits: Sits) -> None:
    seat = sits(OPERATOR)
    card = seat.asks("/ec2 stop name:bastion-01")
    bot = seat.page.get_by_test_id("bot")
    seat.page.get_by_test_id("bot-kill").click()
    expect(bot).to_have_attribute("data-doing", "killed")
    expect(card.get_by_test_id(APPROVE)).to_be_visible()
    seat.page.get_by_test_id("bot-start").click()
    expect(bot).to_have_attribute("data-doing", "running")

    seat.becomes(APPROVER)
    seat.approves(card)
    seat.sees("bastion-01", "stopped")
    expect(card).to_contain_text("done")


def test_nobody_agrees_in_time_and_it_expires(sits: Sits, stage: Stage) -> None:
    """The limit passes while the bot is stopped; on its return the card says so."""
    seat = sits(OPERATOR)
    card = seat.asks("/ec2 stop name:us-api-01")
    value = card.get_by_test_id(APPROVE).get_attribute("data-value") or ""
    seat.page.get_by_test_id("bot-stop").click()
    expect(seat.page.get_by_test_id("bot")).to_have_attribute("data-doing", "stopped")
    let_the_limit_pass(stage, json.loads(value)["op"])
    seat.page.get_by_test_id("bot-start").click()

    expect(card).to_contain_text("expired")
    expect(card.get_by_test_id(APPROVE)).to_have_count(0)
    seat.sees("us-api-01", "running")


def test_what_a_player_lets_happen_is_said_on_the_card(sits: Sits) -> None:
    """AWS denies the call, and all is well again afterwards."""
    seat = sits(SECOND)
    page = seat.page
    page.get_by_test_id("panel-happen").click()
    page.get_by_test_id("target-deny").select_option("StopInstances")
    page.get_by_test_id("happen-deny").click()
    expect(page.get_by_test_id("standing")).to_contain_text("StopInstances")

    card = seat.asks("/ec2 stop name:stg-web-01", state="failed")
    expect(card).to_contain_text("StopInstances")
    page.get_by_test_id("all-well").click()
    expect(page.get_by_test_id("standing")).not_to_contain_text("StopInstances")
    page.get_by_test_id("panel-aws").click()
    seat.sees("stg-web-01", "running")


def test_the_wire_is_read_again_when_its_tab_is_opened_and_can_be_filtered(sits: Sits) -> None:
    seat = sits(SECOND)
    for line in ("/toban wave-once", "/toban say-hello"):
        seat.types(line)
    expect(seat.told("say-hello")).to_be_visible()
    wire = seat.page.get_by_test_id("wire")
    assert "say-hello" not in (wire.text_content() or "")  # nobody saw it so far
    seat.page.get_by_test_id("panel-wire").click()
    expect(wire).to_contain_text("say-hello")
    expect(wire).to_contain_text("wave-once")
    seat.page.get_by_test_id("wire-filter").fill("say-hello")
    expect(wire).not_to_contain_text("wave-once")
    expect(wire).to_contain_text("slash_commands")


def test_the_clock_is_pushed_and_the_evening_comes(sits: Sits) -> None:
    """The schedule's owner asks, where everybody can see it, and development goes to sleep."""
    seat = sits(APPROVER, OPS)
    seat.page.get_by_test_id("panel-happen").click()
    seat.page.get_by_test_id("clock-dev-off").click()
    expect(seat.page.get_by_test_id("clock-said")).to_contain_text("/schedule run dev-off")
    seat.page.get_by_test_id("panel-aws").click()
    seat.sees("dev-web-01", "stopped")


def let_the_limit_pass(stage: Stage, number: int) -> None:
    """Half an hour is longer than a test; the bot does not run, so nobody else writes."""
    past = "datetime('now', '-1 second') || '.000000'"
    passed = f"update operations set expires = {past}, wake = {past} where id = ?"
    with closing(sqlite3.connect(stage.bot.folder / "toban.db")) as database, database:
        assert database.execute(passed, (number,)).rowcount == 1
