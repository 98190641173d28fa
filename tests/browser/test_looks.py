"""Nobody is shut out: axe finds nothing serious, in the light, in the dark, on a phone, with a form open."""

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it ships no types
from playwright.sync_api import Frame, Page, expect
from slack_sdk import WebClient

from bot.plan import Offer, Plan
from bot.views.answer import answer
from bot.views.chart import Shown
from bot.words import words
from playground.page.stage import Stage
from playground.slack.shapes import Json
from tests.bot.picture.charts import painted, sixty_days
from tests.bot.views.reports import speaker
from tests.browser.conftest import Sits
from tests.browser.seat import DENY
from tests.scenarios.given import APPROVER, OPS, SECOND

PHONE: Json = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
BILLING = "C0BILLING"
GRAVE = {"serious", "critical"}
# In the dark only the colours are others.
COLOURS: Json = {"runOnly": ["color-contrast"]}
SCHEMES: tuple[tuple[Literal["dark", "light"], Json], ...] = (("dark", COLOURS), ("light", {}))
TOO_WIDE = """
[...document.querySelectorAll("main, .scroller, .message, .composer-box, .bar")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.className || one.tagName)
"""


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(sits: Sits, device: Json) -> None:
    """A plan that waits, what the composer offers, the form that asks why not, and what is wrong in it."""
    seat = sits(SECOND, **device)
    page, composer = seat.page, seat.page.get_by_test_id("composer")
    card = seat.asks("/ec2 stop name:api-01")
    seat.becomes(APPROVER)
    assert trouble(page) == []
    composer.fill("/ec2 st")
    expect(page.get_by_test_id("suggestions")).to_be_visible()
    assert trouble(page) == []
    composer.fill("")
    card.get_by_test_id(DENY).click()
    form = page.get_by_test_id("modal")
    expect(form).to_be_visible()
    assert trouble(page) == []
    form.get_by_test_id("modal-submit").click()
    expect(form.get_by_test_id("field-error")).to_be_visible()
    assert trouble(page) == []


def test_axe_finds_nothing_serious_in_a_verbs_form_that_toban_sent_back(sits: Sits) -> None:
    seat = sits(SECOND)
    seat.types("/ec2 stop")
    form = seat.page.get_by_test_id("modal")
    form.get_by_test_id("modal-submit").click()
    expect(form.get_by_test_id("field-error")).to_be_visible()
    assert trouble(seat.page) == []


def test_axe_finds_nothing_serious_in_the_home_tab_the_panel_and_a_question(sits: Sits, stage: Stage) -> None:
    page = sits(APPROVER, stage.slack.workspace.direct(APPROVER).id).page
    page.get_by_test_id("tab-home").click()
    expect(page.get_by_test_id("home").locator(".block").first).to_be_visible()
    page.get_by_test_id("panel-wire").click()
    page.get_by_test_id("wire").locator("summary").first.click()
    assert trouble(page) == []
    page.get_by_test_id("panel-happen").click()
    assert trouble(page) == []
    page.get_by_test_id("reset").click()
    expect(page.get_by_test_id("confirm-yes")).to_be_visible()
    assert trouble(page) == []
    page.get_by_test_id("confirm-no").click()


def test_axe_finds_nothing_serious_in_an_answer_with_picture_chart_and_offers(
    sits: Sits, stage: Stage
) -> None:
    """The picture is really drawn, and each of them says in words what it shows."""
    web = WebClient(stage.slack.bot_token, base_url=stage.slack.api_url)
    image = painted(sixty_days()).png
    done = web.files_upload_v2(filename="bill.png", content=image, alt_txt="Costs by day.")
    plan = Plan(words("somewhat wasteful"), chart=sixty_days(), offers=(Offer(words("Why?"), "help"),))
    said = answer(plan, speaker(), shown=Shown(native=True, picture=str(done["files"][0]["id"])))
    web.chat_postMessage(channel=BILLING, text=said.text, blocks=said.blocks)
    page = sits(APPROVER, BILLING).page
    drawn = page.get_by_role("img", name="Costs by day.")
    expect(drawn).to_be_visible()
    assert drawn.evaluate("each => [each.naturalWidth, each.naturalHeight]") == [1200, 675]
    page.get_by_test_id("chart").locator("summary").click()
    expect(page.get_by_test_id("chart").get_by_role("row")).to_have_count(21)
    expect(page.get_by_role("button", name="Why?")).to_be_visible()
    assert trouble(page) == []


def test_axe_finds_nothing_serious_in_two_windows(sits: Sits) -> None:
    page = sits(SECOND).page
    page.get_by_test_id("side").click()
    expect(page.locator("iframe")).to_have_count(2)
    left, right = page.frames[1:]
    for frame in (left, right):
        expect(frame.locator("body[data-awake]")).to_be_attached()
    assert [trouble(each) for each in (page, left, right)] == [[], [], []]


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


def trouble(shown: Page | Frame) -> list[str]:
    """What axe finds that shuts somebody out, in the dark and in the light, with the first place."""
    page = shown if isinstance(shown, Page) else shown.page
    found = []
    for scheme, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        # a frame has what axe needs of a page, and it looks into no frames in it
        answer = Axe().run(shown, options={"resultTypes": ["violations"], "iframes": False} | rules).response
        grave = [each for each in answer["violations"] if each["impact"] in GRAVE]
        found += [f"{each['id']} in the {scheme}: {each['nodes'][0]['html']}" for each in grave]
    return found


def brightness(page: Page) -> float:
    """How bright the paper is: 0 is black, 255 white."""
    colour = page.locator("main.conversation").evaluate("each => getComputedStyle(each).backgroundColor")
    red, green, blue = (int(each) for each in re.findall(r"\d+", colour)[:3])
    return (red + green + blue) / 3
