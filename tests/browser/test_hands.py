"""Without a mouse, with a form, from the home tab, and two people side by side."""

from typing import cast

from playwright.sync_api import Locator, Page, Route, expect

from playground.page.stage import Stage
from tests.browser.conftest import Sits
from tests.browser.seat import APPROVE, Seat
from tests.scenarios.given import APPROVER, OPERATOR, SECOND

MOST_TABS = 20


def test_a_keyboard_is_enough(sits: Sits) -> None:
    asker, colleague = sits(OPERATOR), sits(APPROVER)
    line = "/ec2 stop name:us-web-01"
    expect(asker.page.get_by_test_id("composer")).to_be_focused()
    asker.page.keyboard.type(line)
    asker.page.keyboard.press("Enter")
    button = colleague.card(line).get_by_test_id(APPROVE)
    expect(button).to_be_visible()

    tab_back_to(colleague.page, button)
    colleague.page.keyboard.press("Enter")
    yes = colleague.page.get_by_test_id("confirm-yes")
    if yes.is_visible():
        tab_back_to(colleague.page, yes)
        colleague.page.keyboard.press("Enter")
    asker.sees("us-web-01", "stopped")


def test_a_click_that_comes_before_the_pages_script_is_not_lost(sits: Sits) -> None:
    page = sits(SECOND).page
    held: list[Route] = []
    page.route("**/static/modal.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright takes no builtin
    with page.expect_request("**/static/modal.js"):
        page.reload(wait_until="commit")
    page.get_by_test_id("panel-wire").click()
    expect(page.get_by_test_id("panel-aws")).to_have_attribute("aria-selected", "true")
    held[0].continue_()
    expect(page.get_by_test_id("panel-wire")).to_have_attribute("aria-selected", "true")
    page.unroute("**/static/modal.js")


def test_the_composer_offers_commands_and_arrows_choose(sits: Sits) -> None:
    page = sits(SECOND).page
    page.get_by_test_id("composer").click()
    page.keyboard.type("/ec2 st")
    offers = page.get_by_test_id("suggestions").get_by_role("option")
    expect(offers.first).to_contain_text("/ec2 start")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer")).to_have_value("/ec2 start ")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("suggestions")).to_be_hidden()


def test_a_verb_alone_opens_a_form_that_shows_what_would_happen(sits: Sits) -> None:
    seat = sits(SECOND)
    seat.types("/ec2 stop")
    form = seat.page.get_by_test_id("modal")
    form.get_by_role("combobox").first.press_sequentially("stg-web-02")
    form.get_by_role("option").filter(has_text="stg-web-02").click()
    expect(form).to_contain_text("stop 1 of 1 instance")
    seat.sees("stg-web-02", "running")
    form.get_by_test_id("modal-submit").click()
    expect(form).to_have_count(0)
    seat.sees("stg-web-02", "stopped")


def test_a_form_without_a_target_is_not_sent_and_says_at_the_field_that_one_is_needed(sits: Sits) -> None:
    seat = sits(SECOND)
    seat.types("/ec2 stop")
    form = seat.page.get_by_test_id("modal")
    expect(form.get_by_text("At least one is needed")).to_be_visible()
    form.get_by_test_id("modal-submit").click()
    expect(form.get_by_test_id("field-error")).to_contain_text("needs to know on what")
    expect(form.get_by_role("combobox").first).to_have_attribute("aria-invalid", "true")


def test_the_home_tab_shows_what_waits_and_lets_one_agree_there(sits: Sits, stage: Stage) -> None:
    asker = sits(OPERATOR)
    card = asker.asks("/ec2 stop name:db-02")
    this = card.get_by_test_id(APPROVE).get_attribute("data-value")
    page = sits(APPROVER, stage.slack.workspace.direct(APPROVER).id).page
    page.get_by_test_id("tab-home").click()
    home = page.get_by_test_id("home")
    home.locator(f"[data-testid='{APPROVE}'][data-value='{this}']").click()
    expect(card).to_contain_text("done")
    expect(home.get_by_text("/ec2 stop name:db-02").first).to_be_visible()  # among the recent changes now
    asker.sees("db-02", "stopped")


def test_two_people_side_by_side_in_one_window(sits: Sits) -> None:
    window = sits(OPERATOR)
    window.page.get_by_test_id("side").click()
    expect(window.page.locator("iframe")).to_have_count(2)
    # a frame has what a seat needs of a page
    left, right = (Seat(cast("Page", frame), window.url) for frame in window.page.frames[1:])
    line = "/ec2 stop name:us-web-02"
    card = left.asks(line)
    right.approves(right.card(line))
    expect(card).to_contain_text("done")


def tab_back_to(page: Page, wanted: Locator) -> None:
    """Press Shift+Tab until this has the focus: from where one writes, the newest message comes first."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError(f"{wanted} is not reached by {MOST_TABS} presses of Shift+Tab")
