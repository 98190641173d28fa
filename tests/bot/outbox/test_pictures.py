"""A message with a picture: every rung of the ladder, restarts in between, answers that are cut."""

from datetime import timedelta
from typing import Any

import pytest

from bot.operation import Door
from bot.picture.painter import Painter, Picture
from bot.plan import Plan
from bot.words import words
from tests.bot.outbox.office import Office
from tests.bot.outbox.picturing import CHART, LATER, PLAN, kinds, one, shown_file
from tests.bot.picture.timelines import timeline, track


@pytest.fixture(autouse=True)
def drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How pictures look is told elsewhere: these are drawn in no time, and counted."""
    drawn: list[str] = []

    def paint(self: Painter, shown: Any, language: str) -> Picture:
        drawn.append(language)
        return Picture(b"\x89PNG " + repr(shown).encode())

    monkeypatch.setattr(Painter, "paint", paint)
    return drawn


# -- with everything -------------------------------------------------------------------------------


def test_an_answer_shows_its_picture_and_slacks_own_chart(office: Office) -> None:
    office.answer(PLAN)
    office.settle()
    [file] = office.slack.files()
    assert kinds(one(office))[:3] == ["section", "image", "data_visualization"]
    assert (shown_file(one(office)), file.channels, file.alt) == (file.id, [], "Costs by day.")
    assert file.content is not None
    assert file.content.startswith(b"\x89PNG")


def test_an_answer_shows_a_timeline_as_a_picture_alone_and_another_one_when_it_changes(
    office: Office,
) -> None:
    number = office.answer(Plan(words("it broke"), chart=timeline(track("shop"))))
    office.settle()
    assert kinds(one(office))[:3] == ["section", "image", "context"]
    before = shown_file(one(office))
    office.answer_anew(number, Plan(words("it broke"), chart=timeline(track("shop", (24, 30, "504")))))
    office.settle()
    assert shown_file(one(office)) != before


def test_an_answer_without_a_chart_uploads_nothing(office: Office) -> None:
    office.answer(Plan(words("none")))
    office.settle()
    assert office.slack.files() == []


def test_an_edit_with_the_same_chart_shows_the_same_file(office: Office, drawn_at_once: list[str]) -> None:
    number = office.answer(PLAN)
    office.settle()
    before = shown_file(one(office))
    office.restart()
    office.answer_anew(number, Plan(words("it cost 126, finally"), chart=CHART))
    office.settle()
    assert one(office).text.startswith("it cost 126, finally")
    assert (shown_file(one(office)), len(drawn_at_once)) == (before, 1)


def test_an_edit_with_another_chart_shows_another_file(office: Office) -> None:
    number = office.answer(PLAN)
    office.settle()
    office.answer_anew(number, LATER)
    office.settle()
    first, second = office.slack.files()
    assert (first.content != second.content, shown_file(one(office))) == (True, second.id)


def test_a_private_answer_has_its_picture_too(office: Office) -> None:
    urls = office.slack.office.urls
    office.answer(
        PLAN, Door.SLASH, response_url=office.slack.office.response_url(urls.make("C0OPS", "U0SATO"))
    )
    office.answer(PLAN, Door.SLASH)
    office.settle()
    assert [kinds(said)[1] for said in office.slack.ephemerals("C0OPS", "U0SATO")] == ["image", "image"]
    assert office.calls("response_url") == 1


# -- without Slack's own chart ----------------------------------------------------------------------


def test_a_workspace_without_charts_sees_the_picture(office: Office) -> None:
    office.slack.workspace.has_charts = False
    office.answer(PLAN)
    office.settle()
    assert "image" in kinds(one(office))
    assert "data_visualization" not in kinds(one(office))
    assert len(office.slack.files()) == 1


def test_that_is_remembered_and_asked_again_a_day_later(office: Office) -> None:
    office.slack.workspace.has_charts = False
    for _ in range(2):
        office.answer(PLAN)
        office.settle()
    assert office.calls("chat.postMessage") == 3
    office.slack.workspace.has_charts = True
    office.clock.push(hours=25)
    office.answer(PLAN)
    office.settle()
    assert "data_visualization" in kinds(office.said()[-1])


def test_a_no_without_a_reason_is_put_down_to_the_chart_only_where_it_goes_without(office: Office) -> None:
    office.slack.faults.refuse("chat.postMessage", "invalid_blocks")
    office.answer(PLAN)
    office.settle()
    assert kinds(one(office))[:2] == ["section", "image"]
    assert "data_visualization" not in kinds(one(office))


# -- while Slack works on the picture ----------------------------------------------------------------


def test_a_picture_that_slack_still_works_on_is_shown_when_it_is_there(office: Office) -> None:
    office.slack.workspace.files.working = timedelta(seconds=5)
    office.answer(PLAN)
    office.settle()
    assert kinds(one(office))[:3] == ["section", "image", "data_visualization"]
    assert len(office.slack.files()) == 1
    assert office.calls("chat.postMessage") <= 6


def test_others_do_not_wait_for_it(office: Office) -> None:
    office.slack.workspace.files.working = timedelta(seconds=5)
    office.answer(PLAN)
    office.notice("n", "C0OPS", "meanwhile")
    office.settle()
    assert [said.text.splitlines()[0] for said in office.said()] == ["meanwhile", "it cost 126"]


def test_a_restart_meanwhile_uploads_nothing_again(office: Office, drawn_at_once: list[str]) -> None:
    office.slack.workspace.files.working = timedelta(seconds=5)
    office.answer(PLAN)
    office.outbox.send_due()
    office.restart()
    office.settle()
    assert shown_file(one(office)) == office.slack.files()[0].id
    assert (len(office.slack.files()), len(drawn_at_once)) == (1, 1)


def test_an_edit_waits_too_and_the_old_message_stays_meanwhile(office: Office) -> None:
    number = office.answer(PLAN)
    office.settle()
    office.slack.workspace.files.working = timedelta(seconds=5)
    office.answer_anew(number, LATER)
    office.outbox.send_due()
    assert one(office).text.startswith("it cost 126")
    office.settle()
    assert one(office).text.startswith("it cost 131")
    assert shown_file(one(office)) == office.slack.files()[-1].id
