"""A message whose picture Slack does not show, or does not take: words and a file in its place."""

from datetime import timedelta
from typing import Any

import pytest

from bot.operation import Door
from bot.outbox import pictures
from bot.picture.painter import Painter, Picture, Unpaintable
from bot.plan import Plan
from bot.words import words
from playground.slack.content import Content, read_content
from playground.slack.errors import Refusal
from playground.slack.shapes import Json
from tests.bot.outbox.office import Office
from tests.bot.outbox.picturing import CHART, PLAN, UPLOAD, kinds, one, shown_file


@pytest.fixture(autouse=True)
def drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How pictures look is told elsewhere: these are drawn in no time, and counted."""
    drawn: list[str] = []

    def paint(self: Painter, shown: Any, language: str) -> Picture:
        drawn.append(language)
        return Picture(b"\x89PNG " + repr(shown).encode())

    monkeypatch.setattr(Painter, "paint", paint)
    return drawn


# -- without the picture -----------------------------------------------------------------------------


def test_a_picture_that_slack_never_shows_stands_in_the_thread_and_is_named(office: Office) -> None:
    office.slack.workspace.files.working = timedelta(days=1)
    office.answer(PLAN)
    office.settle()
    answer, beside = office.said()
    assert "image" not in kinds(answer)
    assert str(pictures.BESIDE) in answer.text
    assert beside.thread_ts == answer.ts
    [file] = [file for file in office.slack.files() if file.channels]
    assert (file.kind, file.alt, beside.files[0]["name"]) == ("image/png", "Costs by day.", file.name)


def test_it_is_there_once_though_answers_are_cut_and_toban_restarts(office: Office) -> None:
    office.slack.workspace.files.working = timedelta(days=1)
    number = office.answer(PLAN)
    for _ in range(12):
        office.outbox.send_due()
        office.clock.push(seconds=2)
    office.slack.faults.cut("files.completeUploadExternal")
    office.restart()
    office.settle()
    assert len([said for said in office.said() if said.files]) == 1
    office.answer_anew(number, Plan(words("it cost 126, finally"), chart=CHART))
    office.settle()
    assert len([said for said in office.said() if said.files]) == 1
    assert office.said()[0].text.startswith("it cost 126, finally")


def test_for_one_person_alone_the_words_have_to_do(office: Office) -> None:
    office.slack.workspace.files.working = timedelta(days=1)
    office.answer(PLAN, Door.SLASH)
    office.settle()
    [said] = office.slack.ephemerals("C0OPS", "U0SATO")
    assert str(pictures.NOT_SHOWN_HERE) in said.text
    assert [file.channels for file in office.slack.files()] == [[]]


def test_where_slack_takes_no_file_the_words_have_to_do(office: Office) -> None:
    office.slack.faults.refuse("files.getUploadURLExternal", "file_uploads_disabled")
    office.answer(PLAN)
    office.settle()
    assert str(pictures.NOT_TAKEN) in one(office).text
    assert "data_visualization" in kinds(one(office))


def test_a_picture_that_cannot_be_drawn_is_missed_in_words(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def paint(self: Painter, shown: Any, language: str) -> Picture:
        raise Unpaintable("no room")

    monkeypatch.setattr(Painter, "paint", paint)
    office.answer(PLAN)
    office.settle()
    assert str(pictures.NOT_DRAWN) in one(office).text
    assert office.slack.files() == []


def test_what_a_picture_lacks_is_said_also_after_a_restart(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lack = words("its letters are strange")
    monkeypatch.setattr(Painter, "paint", lambda *_: Picture(b"\x89PNG", lack))
    number = office.answer(PLAN)
    office.settle()
    office.restart()
    office.answer_anew(number, Plan(words("finally"), chart=CHART))
    office.settle()
    assert "its letters are strange" in one(office).text


# -- as plain text -----------------------------------------------------------------------------------


def test_when_all_blocks_are_refused_the_words_arrive_and_the_picture_beside_them(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(args: Json, *, sized: bool = True) -> Content:
        if args.get("blocks"):
            raise Refusal("invalid_blocks")
        return read_content(args, sized=sized)

    monkeypatch.setattr(office.slack.workspace, "read", read)
    office.answer(PLAN)
    office.settle()
    answer, beside = office.said()
    assert answer.blocks == []
    assert answer.text.splitlines()[:2] == ["it cost 126", f"Costs by day. · ⚠️ {pictures.BESIDE}"]
    assert beside.thread_ts == answer.ts


# -- when the upload goes wrong ----------------------------------------------------------------------


@pytest.mark.parametrize("step", UPLOAD)
def test_an_upload_whose_answer_is_cut_is_made_again(office: Office, step: str) -> None:
    office.slack.faults.cut(step)
    office.answer(PLAN)
    office.settle()
    assert shown_file(one(office)) == office.slack.files()[-1].id


@pytest.mark.parametrize("step", UPLOAD)
def test_an_upload_waits_while_slack_is_busy(office: Office, step: str) -> None:
    office.slack.faults.answer(step, status=429, retry_after=7)
    office.answer(PLAN)
    office.settle()
    assert shown_file(one(office)) == office.slack.files()[0].id


def test_a_post_whose_answer_is_cut_is_there_once_with_its_picture(office: Office) -> None:
    office.slack.faults.cut("chat.postMessage")
    office.answer(PLAN)
    office.settle()
    assert "image" in kinds(one(office))
    assert len(office.slack.files()) == 1


def test_a_process_that_dies_after_the_post_leaves_one_message(office: Office) -> None:
    office.answer(PLAN)
    office.die_at_the_next_post()
    office.settle()
    assert "image" in kinds(one(office))
    assert len(office.slack.files()) == 1


def test_an_answer_that_no_channel_takes_shows_its_picture_directly(office: Office) -> None:
    office.answer(PLAN, channel="C0OLD")
    office.settle()
    [said] = office.said(office.slack.dm("U0SATO"))
    assert "image" in kinds(said)
    assert len(office.slack.files()) == 1
