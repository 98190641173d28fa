"""A message with a picture: every rung of the ladder, restarts in between, answers that are cut."""

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
from playground.slack.message import Message
from playground.slack.shapes import Json
from tests.bot.outbox.office import Office
from tests.bot.picture.charts import chart, series
from tests.bot.picture.timelines import timeline, track

CHART = chart(series("EC2", "100", "120"), series("S3", "5", "6"))
OTHER = chart(series("EC2", "100", "125"), series("S3", "5", "6"))
PLAN, LATER = Plan(words("it cost 126"), chart=CHART), Plan(words("it cost 131"), chart=OTHER)
UPLOAD = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")


@pytest.fixture(autouse=True)
def drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How pictures look is told elsewhere: these are drawn in no time, and counted."""
    drawn: list[str] = []

    def paint(self: Painter, shown: Any, language: str) -> Picture:
        drawn.append(language)
        return Picture(b"\x89PNG " + repr(shown).encode())

    monkeypatch.setattr(Painter, "paint", paint)
    return drawn


def kinds(said: Message) -> list[str]:
    return [block["type"] for block in said.blocks]


def shown_file(said: Message) -> str:
    return next(str(block["slack_file"]["id"]) for block in said.blocks if block["type"] == "image")


def one(office: Office) -> Message:
    [said] = office.said()
    return said


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
