"""An answer that was made anew: its message is edited in place."""

import pytest

from bot.operation import Door
from bot.plan import Plan
from bot.words import words
from tests.bot.outbox.office import Office

FIRST, LAST = Plan(words("412 dollars, provisional")), Plan(words("418 dollars, final"))


def texts(office: Office) -> list[str]:
    return [said.text.splitlines()[0] for said in office.said()]


def test_it_is_edited_once_and_in_place(office: Office) -> None:
    number = office.answer(FIRST)
    office.settle()
    office.answer_anew(number, LAST)
    office.settle()
    assert texts(office) == ["418 dollars, final"]
    assert (office.calls("chat.postMessage"), office.calls("chat.update")) == (1, 1)


def test_also_after_a_restart(office: Office) -> None:
    number = office.answer(FIRST)
    office.settle()
    office.answer_anew(number, LAST)
    office.restart()
    office.settle()
    assert texts(office) == ["418 dollars, final"]


def test_twice_anew_at_once_is_one_edit(office: Office) -> None:
    number = office.answer(FIRST)
    office.settle()
    office.answer_anew(number, Plan(words("415 dollars")))
    office.answer_anew(number, LAST)
    office.settle()
    assert texts(office) == ["418 dollars, final"]
    assert office.calls("chat.update") == 1


def test_one_that_was_not_posted_yet_is_posted_as_it_is_now(office: Office) -> None:
    number = office.answer(FIRST)
    office.answer_anew(number, LAST)
    office.settle()
    assert texts(office) == ["418 dollars, final"]
    assert office.calls("chat.update") == 0


def test_one_whose_post_was_doubtful_shows_the_newest_in_the_end(office: Office) -> None:
    number = office.answer(FIRST)
    office.die_at_the_next_post()
    office.answer_anew(number, LAST)
    office.settle()
    assert texts(office) == ["418 dollars, final"]


def test_one_that_may_not_be_edited_any_more_comes_fresh_in_its_thread(office: Office) -> None:
    number = office.answer(FIRST)
    office.settle()
    office.answer_anew(number, LAST)
    office.slack.faults.refuse("chat.update", "edit_window_closed")
    office.settle()
    old, fresh = office.said()
    assert fresh.text.startswith("418 dollars, final")
    assert fresh.thread_ts == old.ts


@pytest.mark.parametrize("door", [Door.SLASH, Door.FORM])
def test_what_one_person_alone_was_told_is_not_said_twice(office: Office, door: Door) -> None:
    number = office.answer(FIRST, door)
    office.settle()
    office.answer_anew(number, LAST)
    office.settle()
    assert len(office.slack.ephemerals("C0OPS", "U0SATO")) == 1


def test_what_was_told_directly_is_edited_there(office: Office) -> None:
    number = office.answer(FIRST, Door.SLASH, channel="C0RANDOM")
    office.settle()
    office.answer_anew(number, LAST)
    office.settle()
    [said] = office.said(office.slack.dm("U0SATO"))
    assert "418 dollars, final" in said.text


def test_other_answers_stay_as_they_are(office: Office) -> None:
    office.answer(FIRST)
    number = office.answer(Plan(words("another question")))
    office.settle()
    office.answer_anew(number, LAST)
    office.settle()
    assert texts(office) == ["412 dollars, provisional", "418 dollars, final"]
