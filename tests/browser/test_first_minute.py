"""Somebody new follows the tour, and nothing else, to a first approved stop."""

from playwright.sync_api import Browser

from playground.page.stage import Stage
from tests.browser.first_minute import steps


def test_the_tour_alone_leads_to_the_first_approved_stop(stage: Stage, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        assert list(steps(context.new_page(), stage.slack.url)) == [
            "the page is open, and the tour begins",
            "the bot is on duty",
            "the plan is there",
            "a colleague sits down",
            "approved, stopped and said so",
        ]
