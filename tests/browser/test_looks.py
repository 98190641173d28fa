"""Nobody is shut out: axe finds nothing serious, in the light, in the dark, on a phone, with a form open."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it ships no types
from playwright.sync_api import Page, expect

from playground.page.stage import Stage
from playground.slack.shapes import Json
from tests.browser.conftest import Sits
from tests.browser.seat import DENY
from tests.scenarios.given import APPROVER, OPS, SECOND

PHONE: Json = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
GRAVE = {"serious", "critical"}
TOO_WIDE = """
[...document.querySelectorAll("main, .scroller, .message, .composer-box, .bar")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.className || one.tagName)
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(sits: Sits, scheme: str, device: Json) -> None:
    """A conversation with a plan that waits, then the form that asks why not."""
    seat = sits(SECOND, color_scheme=scheme, **device)
    card = seat.asks("/ec2 stop name:api-01")
    seat.becomes(APPROVER)
    assert trouble(seat.page) == []
    card.get_by_test_id(DENY).click()
    expect(seat.page.get_by_test_id("modal")).to_be_visible()
    assert trouble(seat.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_panel_and_the_home_tab(
    sits: Sits, stage: Stage, scheme: str
) -> None:
    page = sits(APPROVER, stage.slack.workspace.direct(APPROVER).id, color_scheme=scheme).page
    page.get_by_test_id("tab-home").click()
    expect(page.get_by_test_id("home").locator(".block").first).to_be_visible()
    for tab in ("panel-happen", "panel-wire"):
        page.get_by_test_id(tab).click()
        assert trouble(page) == []


def test_the_night_is_dark_and_a_button_makes_it_light(sits: Sits) -> None:
    page = sits(APPROVER, color_scheme="dark").page
    assert brightness(page) < 60
    page.get_by_test_id("theme").click()
    assert brightness(page) > 200
    page.reload()
    assert brightness(page) > 200


def test_a_phone_is_wide_enough(sits: Sits) -> None:
    """Nothing hangs over the edge; one writes, and reads the plan, without moving sideways."""
    seat = sits(SECOND, **PHONE)
    card = seat.asks("/ec2 stop name:api-02")
    expect(card).to_be_in_viewport()
    expect(seat.page.get_by_test_id("composer")).to_be_in_viewport(ratio=1)
    assert seat.page.evaluate(TOO_WIDE) == []
    seat.page.locator("#open-sidebar").tap()
    seat.page.get_by_test_id(f"channel-{OPS}").tap()
    expect(seat.page.locator("#where")).to_have_text("#ops")


def trouble(page: Page) -> list[str]:
    """What axe finds that shuts somebody out, with the first place."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in GRAVE]


def brightness(page: Page) -> float:
    """How bright the paper is: 0 is black, 255 white."""
    colour = page.locator("main.conversation").evaluate("each => getComputedStyle(each).backgroundColor")
    red, green, blue = (int(each) for each in re.findall(r"\d+", colour)[:3])
    return (red + green + blue) / 3
