"""How far a drill is, by its steps: a timer at AWS breaks nothing; one that cannot be set ends the drill."""

from dataclasses import replace
from datetime import timedelta

from aws.prepared import Prepared
from bot.operation import StepRow, StepState
from bot.plan import Resource, Step
from bot.words import words
from commands.changes import deny_bucket, gate, hold_timer
from jobs.drills.course import course
from jobs.drills.referee import why_end
from tests.bot.drills import after, drill

TARGET = Resource("dev", "ap-northeast-1", "bucket", "shop-files")
FAULT = deny_bucket.denying(TARGET, "arn:aws:iam::123456789012:role/shop", "")
BACK = deny_bucket.allowing(FAULT, "", timedelta(minutes=5))
HOLD = hold_timer.holding(FAULT, BACK, Prepared("s3", "DeleteBucketPolicy", {}), "", timedelta(minutes=7))
RELEASE = hold_timer.releasing(HOLD, BACK)


def row(step: Step, state: StepState) -> StepRow:
    called = None if state in {StepState.PLANNED, StepState.SKIPPED} else 1
    return StepRow(1, step, state, None, "", called, 0, 0)


def rows(*states: StepState) -> list[StepRow]:
    steps = (HOLD, FAULT, BACK, RELEASE)
    return [row(step, state) for step, state in zip(steps, states, strict=True)]


PLANNED, SENT, DONE, FAILED = StepState.PLANNED, StepState.SENT, StepState.DONE, StepState.FAILED


def test_nothing_is_broken_while_only_the_timer_is_set() -> None:
    now = course(rows(DONE, PLANNED, PLANNED, PLANNED))
    assert (now.broken, now.returning, now.restored) == (False, False, False)
    assert course(rows(DONE, SENT, PLANNED, PLANNED)).broken


def test_all_is_put_back_before_the_timer_is_taken_away() -> None:
    assert course(rows(DONE, DONE, DONE, PLANNED)).restored
    assert course(rows(DONE, DONE, DONE, FAILED)).stuck == ()


def test_a_timer_that_cannot_be_set_is_a_fault_that_did_not_go_in() -> None:
    now = course(rows(FAILED, StepState.SKIPPED, StepState.SKIPPED, StepState.SKIPPED))
    assert [one.step.key for one in now.failed] == [HOLD.key]


def test_the_drills_own_steps_are_neither() -> None:
    own = replace(FAULT, key="own", target=replace(TARGET, type="drill"))
    assert not course([row(own, DONE)]).broken


def test_a_gate_at_which_nobody_said_anything_ends_it_in_its_own_words() -> None:
    said = words("nobody has said within 40 s whether to go on")
    shut = row(gate.step(replace(TARGET, type="record"), 50, timedelta(seconds=40), needs=()), FAILED)
    over = course([row(FAULT, DONE), replace(shut, reason=said)])
    assert why_end(drill(until=80), over, (), (), after(80)) == said
    failed = course([replace(row(FAULT, FAILED), reason=words("no right to"))])
    assert str(why_end(drill(until=80), failed, (), (), after(80))) == (
        "shop-files could not be broken as planned: no right to"
    )


def test_what_has_no_way_back_is_not_ended_when_its_time_is_over() -> None:
    lasting, gone = course([row(FAULT, DONE), row(BACK, PLANNED)]), course([row(FAULT, SENT)])
    assert (lasting.lasting, gone.lasting) == (True, False)
    late = after(20 + 120 + 31)
    broken = drill(until=30)
    assert str(why_end(broken, lasting, (), (), late)) == "its 0:02:00 are over, and nothing was put back yet"
    assert why_end(broken, gone, (), (), late) is None
