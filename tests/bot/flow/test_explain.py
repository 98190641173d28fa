"""Why a step failed is asked of its action, once, and stands behind what AWS showed."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from aws.account import Place
from aws.errors import Denied
from aws.said import Said
from bot.command import Failed, World
from bot.operation import State, StepState
from bot.words import Words, words
from tests.bot.flow.crowd import cut, refused, throttled
from tests.bot.flow.stage import Stage, act, ends, staged
from tests.house import House


@dataclass
class Doctor:
    """Somebody who knows why, or cannot find it out."""

    error: Exception | None = None
    asked: list[list[str]] = field(default_factory=list)  # the keys, each time
    codes: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)

    def __call__(self, _world: World, _place: Place, failed: Sequence[Failed]) -> Mapping[str, Words]:
        self.asked.append([one.step.key for one in failed])
        self.codes += [one.code for one in failed]
        self.threads.append(threading.current_thread().name)
        if self.error:
            raise self.error
        return {one.step.key: words("the key is denied") for one in failed if one.step.key != "strange"}


def reason(there: House, number: int, key: str = "up") -> str:
    return next(str(row.reason) for row in there.steps(number) if row.step.key == key)


def denied() -> Denied:
    said = Said("no", code="AccessDenied", service="cloudtrail", operation="LookupEvents")
    return Denied("asking the trail", said)


def test_what_aws_shows_as_failed_is_explained(at_home: House) -> None:
    doctor = Doctor()
    with staged(at_home, Stage([(act("up"),)], lost={"up"}), explain=doctor) as there:
        number = there.asked("/play run 1")
        assert reason(there, number) == "so — the key is denied"
        assert doctor.asked == [["up"]]


def test_what_did_not_come_in_time_is_explained(at_home: House) -> None:
    doctor = Doctor()
    with staged(at_home, Stage([(act("up"),)], coming={"up"}), explain=doctor) as there:
        number = there.asked("/play run 1")
        there.work(passing=60, turns=5)
        assert doctor.asked == []
        there.work(passing=600)
        assert reason(there, number) == "not so in time; AWS shows: so — the key is denied"


def test_a_call_that_was_refused_is_explained_outside_every_transaction(at_home: House) -> None:
    doctor = Doctor()
    stage = Stage([(act("up"),)], before=lambda _batch: refused())
    with staged(at_home, stage, explain=doctor) as there:
        number = there.asked("/play run 1")
        said = "AWS refused with InvalidLamp: one of them is broken — the key is denied"
        assert (reason(there, number), doctor.codes) == (said, ["InvalidLamp"])
        assert all(name.startswith("call") for name in doctor.threads)


def test_only_the_one_that_is_wrong_is_explained(at_home: House) -> None:
    doctor = Doctor()
    stage = Stage([tuple(act(f"l-{n}") for n in range(8))])
    stage.before = lambda batch: refused() if "l-3" in [one.key for one in batch.steps] else None
    with staged(at_home, stage, explain=doctor, most=8) as there:
        number = there.asked("/play run 1")
        assert doctor.asked == [["l-3"]]
        assert list(ends(there, number).values()).count(StepState.DONE) == 7


def test_what_may_come_right_by_itself_is_not_explained(at_home: House) -> None:
    doctor, errors = Doctor(), [throttled(), cut()]
    stage = Stage([(act("up"),)], before=lambda _batch: errors.pop() if errors else None)
    with staged(at_home, stage, explain=doctor) as there:
        number = there.asked("/play run 1")
        there.work(passing=20, turns=5)
        assert (there.operation(number).state, doctor.asked) == (State.DONE, [])


def test_a_refusal_of_the_second_try_of_a_cut_call_is_explained(at_home: House) -> None:
    doctor, errors = Doctor(), [refused(), cut()]
    stage = Stage([(act("up"),)], before=lambda _batch: errors.pop() if errors else None)
    with staged(at_home, stage, explain=doctor) as there:
        number = there.asked("/play run 1")
        there.work(passing=20, turns=5)
        assert reason(there, number).endswith(" — the key is denied")


def test_why_it_could_not_be_found_out_is_said(at_home: House) -> None:
    stage = Stage([(act("up"),)], lost={"up"})
    with staged(at_home, stage, explain=Doctor(denied())) as there:
        number = there.asked("/play run 1")
        assert reason(there, number).startswith("so (why could not be read: toban's role in account dev")
        assert "cloudtrail:LookupEvents" in reason(there, number)


def test_a_mistake_of_ours_in_an_explanation_leaves_what_was_seen(
    at_home: House, caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage([(act("up"),)], lost={"up"})
    with staged(at_home, stage, explain=Doctor(KeyError("?"))) as there, caplog.at_level(logging.ERROR):
        number = there.asked("/play run 1")
        assert (there.operation(number).state, reason(there, number)) == (State.FAILED, "so")
    assert "explaining play.do stumbled" in caplog.text


def test_what_nobody_can_explain_stands_as_it_was_seen(at_home: House) -> None:
    stage = Stage([(act("strange"), act("up"))], lost={"strange", "up"})
    with staged(at_home, stage, explain=Doctor()) as there:
        number = there.asked("/play run 1")
        assert (reason(there, number, "strange"), reason(there, number)) == ("so", "so — the key is denied")


@pytest.mark.parametrize("how", ["shown", "refused"])
def test_of_many_that_fail_together_ten_are_explained(at_home: House, how: str) -> None:
    """Each costs a few calls to AWS, and they have mostly one reason."""
    doctor, keys = Doctor(), [f"l-{n:02}" for n in range(12)]
    stage = Stage([tuple(map(act, keys))], lost=set(keys))
    if how == "refused":
        stage.before = lambda _batch: refused()
    with staged(at_home, stage, explain=doctor) as there:
        number = there.asked("/play run 1")
        assert sum(map(len, doctor.asked)) == 10
        assert set(ends(there, number).values()) == {StepState.FAILED}


def test_those_of_a_group_are_explained_each(at_home: House) -> None:
    both = tuple(replace(act(key), group="both") for key in ("up", "strange"))
    stage = Stage([both], before=lambda _batch: refused())
    with staged(at_home, stage, explain=Doctor(), most=2) as there:
        number = there.asked("/play run 1")
        no = "AWS refused with InvalidLamp: one of them is broken"
        assert (reason(there, number), reason(there, number, "strange")) == (f"{no} — the key is denied", no)
