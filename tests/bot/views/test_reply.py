from datetime import timedelta

from bot.operation import Approval, State, StepState
from bot.views.reply import reply
from bot.words import words
from tests.bot.views.reports import HASH, NOW, report, speaker


def test_whoever_could_approve_is_asked_by_mention() -> None:
    text = reply(report(), speaker()).text
    assert text.startswith("✋ <@U0ANNA> and <@U0BEN>: please look at #12")
    assert "stop the instances of dev" in text


def test_a_crowd_is_not_mentioned_one_by_one() -> None:
    crowd = tuple(f"U0{n:04}" for n in range(12))
    text = reply(report(could_approve=crowd), speaker()).text
    assert text.count("<@") == 5
    assert "7 more people" in text


def test_when_nobody_could_approve_the_asker_is_told() -> None:
    text = reply(report(could_approve=()), speaker()).text
    assert text.startswith("<@U0ASKER>")
    assert "nobody can approve this" in text


def test_every_end_mentions_the_asker_with_the_sum() -> None:
    counts = {StepState.DONE: 3, StepState.FAILED: 2}
    made = report(State.PARTLY, counts=counts, started=NOW, ended=NOW + timedelta(minutes=1))
    text = reply(made, speaker()).text
    assert text.startswith("<@U0ASKER> ⚠️ *#12 · partly done*")
    assert "3 done · 2 failed = 5 in all" in text


def test_a_denial_tells_the_asker_who_and_why() -> None:
    no = Approval("U0ANNA", HASH, agrees=False, reason="release today", at=NOW)
    assert (
        "denied by <@U0ANNA>: release today" in reply(report(State.DENIED, approvals=(no,)), speaker()).text
    )


def test_a_reason_is_said_with_the_end() -> None:
    assert "no answer" in reply(report(State.FAILED, reason=words("no answer")), speaker()).text


def test_an_unknown_end_says_what_to_do() -> None:
    assert "in AWS before asking again" in reply(report(State.UNKNOWN), speaker()).text
