"""What the log says of health: the line that an alarm outside misses when toban is not well."""

import logging

import pytest

from bot.health import pages
from bot.health.pages import Pages
from bot.health.tally import Tally
from tests.bot.health.test_check import DEAF, HEARS, facts


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.__dict__["action"] for one in caplog.records if "action" in one.__dict__]


@pytest.fixture(autouse=True)
def heard(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "toban.health")


def test_who_is_asked_and_is_well_says_so_and_no_more_often_than_is_needed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = Pages(lambda: facts(HEARS), Tally(), fresh=0.0)
    assert said(caplog) == []
    for _ in range(3):
        asked.answer("/healthz")
    asked.answer("/metrics")
    assert said(caplog) == ["health.green"]


def test_it_is_said_again_after_a_while(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SAY_EVERY", 0.0)
    asked = Pages(lambda: facts(HEARS), Tally(), fresh=0.0)
    asked.answer("/healthz")
    asked.answer("/healthz")
    assert said(caplog) == ["health.green", "health.green"]


def test_who_is_not_well_does_not_say_that_all_is_well(caplog: pytest.LogCaptureFixture) -> None:
    Pages(lambda: facts(DEAF, HEARS), Tally(), fresh=0.0).answer("/healthz")
    Pages(lambda: facts(of="the database is away"), Tally(), fresh=0.0).answer("/healthz")
    assert said(caplog) == []
