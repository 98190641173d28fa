from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.command import Risk
from bot.operation import Approval, Ask, Asker, Door, Report, State, StepState
from bot.plan import Plan
from bot.views.card import card
from bot.views.message import Message
from bot.views.reply import reply
from bot.words import words
from tests.bot.views.reports import HASH, NOW, left, operation, report, row, speaker, unread


def shown(made: Report, language: str = "en", risk: Risk = Risk.CHANGE) -> Message:
    return card(made, speaker(language), NOW + timedelta(minutes=2), risk)


def buttons(message: Message) -> list[dict[str, Any]]:
    rows: list[Any] = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [button for row_of_buttons in rows for button in row_of_buttons]


def test_a_card_says_what_was_asked_by_whom_and_what_would_happen() -> None:
    text = shown(report()).text
    assert "*#12 · waiting for approval*" in text
    assert "`/ec2 stop tag:env=dev`" in text
    assert "<@U0ASKER> with a slash command" in text
    assert "`i-0abc` web-1 · prod/ap-northeast-1 · ec2.stop · state: running → stopped" in text


def test_a_waiting_card_names_who_can_approve_until_when_and_which_plan() -> None:
    text = shown(report()).text
    assert "0 of 1 approvals; asking <@U0ANNA> and <@U0BEN>" in text
    assert "expires at 21 Nov 2026, 21:30 JST" in text
    assert "plan 0123456789ab" in text
    assert HASH[:13] not in text


def test_a_waiting_card_that_nobody_can_approve_says_so() -> None:
    assert "nobody can approve this" in shown(report(could_approve=())).text


def test_the_buttons_bring_back_the_plan_the_person_saw() -> None:
    found = buttons(shown(report()))
    assert [button["action_id"] for button in found] == ["toban.approve", "toban.deny", "toban.cancel"]
    assert {button["value"] for button in found} == {f'{{"op":12,"hash":"{HASH}"}}'}


def test_approving_what_cannot_be_undone_asks_once_more() -> None:
    warned = report(steps=(row(warnings=(words("cannot be undone"),)),))
    assert "cannot be undone" in buttons(shown(warned))[0]["confirm"]["text"]["text"]
    assert "confirm" in buttons(shown(report(), risk=Risk.DESTROY))[0]
    assert "confirm" not in buttons(shown(report()))[0]


def test_approvals_of_an_earlier_plan_do_not_count() -> None:
    old = Approval("U0ANNA", "f" * 64, agrees=True, reason="", at=NOW)
    assert "0 of 2" in shown(report(needs=2, approvals=(old,))).text
    assert "1 of 2" in shown(report(needs=2, approvals=(replace(old, plan_hash=HASH),))).text


def test_a_denial_carries_its_reason_and_takes_the_buttons_away() -> None:
    no = Approval("U0ANNA", HASH, agrees=False, reason="release today", at=NOW)
    message = shown(report(State.DENIED, approvals=(no,)))
    assert "denied by <@U0ANNA>: release today" in message.text
    assert buttons(message) == []


def test_a_reason_that_names_the_denial_is_said_once() -> None:
    no = Approval("U0ANNA", HASH, agrees=False, reason="release today", at=NOW)
    why = words("{person} said no: {reason}", person="U0ANNA", reason="release today")
    assert shown(report(State.DENIED, approvals=(no,), reason=why)).text.count("release today") == 1
    assert (
        reply(report(State.DENIED, approvals=(no,), reason=why), speaker()).text.count("release today") == 1
    )


def test_a_cancelled_card_names_once_who_cancelled_it() -> None:
    why = words("cancelled by {person}", person="U0ANNA")
    for reason in (None, why):
        text = shown(report(State.CANCELLED, reason=reason, cancelled_by="U0ANNA")).text
        assert text.count("cancelled by <@U0ANNA>") == 1


def test_a_running_card_shows_how_far_it_is_at_what_rate_and_what_aws_shows() -> None:
    waiting = row(StepState.AWAITING)
    running = report(
        State.RUNNING,
        started=NOW,
        counts={StepState.DONE: 50, StepState.AWAITING: 1, StepState.PLANNED: 49},
        steps=(waiting,),
        shows={waiting.step.key: words("stopping")},
    )
    message = shown(running)
    assert "▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░ 50% · step 50 of 100 · 25 a minute · about 2 min left" in message.text
    assert "AWS shows: stopping" in message.text
    assert "… and 99 more steps, in the file" in message.text
    assert [button["action_id"] for button in buttons(message)] == ["toban.cancel"]


def test_a_stop_that_was_asked_for_is_said_and_cannot_be_asked_twice() -> None:
    why = words("one other person had to agree")
    message = shown(report(State.RUNNING, started=NOW, cancelled_by="U0ANNA", reason=why))
    assert "<@U0ANNA> asked to stop" in message.text
    assert buttons(message) == []


def test_the_sum_at_the_end_is_the_number_of_steps() -> None:
    counts = {StepState.DONE: 2, StepState.FAILED: 1, StepState.SKIPPED: 3, StepState.UNKNOWN: 1}
    over = {"started": NOW, "ended": NOW + timedelta(seconds=75)}
    text = shown(report(State.UNKNOWN, counts=counts, **over)).text
    assert "2 done · 1 failed · 3 skipped · 1 unknown = 7 in all · took 1 min, 15 sec" in text


def test_steps_that_never_began_stay_in_the_sum() -> None:
    counts = {StepState.DONE: 2, StepState.PLANNED: 3}
    text = shown(report(State.CANCELLED, counts=counts, started=NOW, ended=NOW)).text
    assert "2 done · 0 failed · 3 not begun = 5 in all" in text


def test_a_failed_step_says_why_and_an_unknown_one_what_to_do() -> None:
    rows = (row(StepState.FAILED, words("no capacity")), row(StepState.UNKNOWN))
    text = shown(report(State.PARTLY, steps=rows)).text
    assert "❌ `i-0abc`" in text
    assert "↳ no capacity" in text
    assert "look at it in AWS before asking again" in text


def test_of_few_steps_each_has_room_to_say_why_it_failed_and_what_to_do() -> None:
    why = words("{fell} — {why}", fell="it is stopped again", why="x" * 600)
    last = words("{it}: add this statement", it=why)
    failed = [row(StepState.FAILED, last, id_=f"i-{n}") for n in range(3)]
    alone = shown(report(State.FAILED, started=NOW, ended=NOW, steps=tuple(failed[:1]))).text
    assert "add this statement" in alone
    many = shown(report(State.FAILED, started=NOW, ended=NOW, steps=tuple(failed))).text
    assert "it is stopped again" in many
    assert "add this statement" not in many


def test_a_digest_is_shown_by_its_beginning() -> None:
    agreed = replace(row().step, after=(("agreed", "yes"), ("digest", "0" * 64)))
    text = shown(report(steps=(replace(row(), step=agreed),))).text
    assert f"agreed: yes, digest: {'0' * 12}\n" in text


def test_what_is_left_alone_or_could_not_be_read_stands_on_the_card() -> None:
    plan = Plan(words("stop"), left=tuple(left(f"i-{n}") for n in range(5)), unread=(unread(),))
    text = shown(report(plan=plan)).text
    assert "5 targets are left as they are" in text
    assert "`i-0` db-1 · prod/ap-northeast-1: is stopped already" in text
    assert "… and 2 more" in text
    assert "1 place could not be read; nothing is changed there" in text


def test_the_clock_asks_in_the_name_of_a_schedules_owner() -> None:
    ask = Ask("k", Door.CLOCK, Asker("U0OWNER"), "snapshot prune all", NOW, "nightly")
    assert (
        "asked by the schedule nightly of <@U0OWNER>"
        in shown(replace(report(), operation=operation(ask=ask))).text
    )


def test_a_name_tag_cannot_mention_format_or_reorder() -> None:
    text = shown(report(steps=(row(name="<!channel> *x* \u202egpj.exe <@U0EVIL>"),))).text
    assert "<!channel>" not in text
    assert "<@U0EVIL>" not in text
    assert "*x*" not in text
    assert "\u202e" not in text


def test_the_card_speaks_japanese() -> None:
    text = shown(report(), "ja").text
    assert "承認待ち" in text
    assert "2026年11月21日 21:30 JST" in text
