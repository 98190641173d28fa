"""The third door's stage: what an event does to rows, letters and the audit log."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from aws.account import AccountConfig
from bot.event import Event
from bot.flow import answering
from bot.flow import troubles as flow
from bot.store import outbox, troubles
from bot.store.events import Outcome
from bot.trouble import Phase, Severity, State
from bot.words import words
from tests.bot.flow.crowd import HERE
from tests.happened import (
    CALLING,
    DISK,
    DOING,
    MINUTE,
    RULE,
    WEB,
    audited,
    come,
    every,
    letters,
    newest,
    outcomes,
    said,
    seen,
)
from tests.house import OPERATOR, House, house

ENDS, TELLS, GOES_ON = Phase.ENDS, Phase.TELLS, Phase.GOES_ON


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    account = AccountConfig(HERE.account, "123456789012", (HERE.region,))
    with house(tmp_path, [account], rules=(RULE, CALLING, DOING)) as made:
        yield made


# -- from begin to end ------------------------------------------------------------------------------------


def test_a_begin_is_told_by_one_message_of_its_own(there: House) -> None:
    one = come(there)
    assert (one.state, one.times, one.began) == (State.OPEN, 1, there.time())
    assert (one.mention, one.cause, one.severity) == (RULE.mention, "dev CloudWatch", Severity.CRITICAL)
    assert letters(there) == [f"trouble:{one.number}"]
    assert audited(there) == ["trouble.began"]


def test_an_end_edits_that_message_and_calls_nobody(there: House) -> None:
    come(there)
    there.time.pass_(minutes=3)
    over = come(there, ENDS)
    assert (over.state, over.ended, str(over.title)) == (State.OVER, there.time(), "web-cpu ends")
    letter = there.path.db.read(lambda tx: outbox.with_key(tx, "trouble:1"))
    assert letter is not None
    assert letter.version == 2
    assert letters(there) == ["trouble:1"]
    assert audited(there) == ["trouble.began", "trouble.ended"]


def test_news_is_shown_with_its_severity_and_moves_nothing_else(there: House) -> None:
    come(there, severity=Severity.WARNING)
    there.time.pass_(minutes=1)
    one = come(there, GOES_ON, severity=Severity.CRITICAL, facts=(words("it is worse"),))
    assert (one.state, one.severity, [str(fact) for fact in one.facts]) == (
        State.OPEN,
        Severity.CRITICAL,
        ["it is worse"],
    )
    assert len(every(there)) == 1


def test_what_grows_grave_calls_people_as_what_is(there: House) -> None:
    come(there, rule=CALLING, severity=Severity.WARNING)
    assert there.path.db.read(lambda tx: troubles.to_call(tx, there.time() + 60 * MINUTE)) == []
    there.time.pass_(minutes=1)
    come(there, rule=CALLING)
    (due,) = there.path.db.read(lambda tx: troubles.to_call(tx, there.time() + 5 * MINUTE))
    assert due.rule == CALLING.name


def test_a_rules_severity_counts_more_than_the_readings(there: House) -> None:
    assert come(there, rule=replace(RULE, severity=Severity.INFO)).severity is Severity.INFO


def test_two_things_are_two_messages(there: House) -> None:
    come(there)
    come(there, subject=DISK)
    assert letters(there) == ["trouble:1", "trouble:2"]


def test_what_begins_again_goes_on_with_its_message_and_calls_in_its_thread(there: House) -> None:
    come(there)
    there.time.pass_(minutes=5)
    come(there, ENDS)
    there.time.pass_(minutes=5)
    again = come(there)
    assert (again.number, again.times, again.state, again.ended) == (1, 2, State.OPEN, None)
    assert letters(there) == ["trouble:1", "call:1:again-2"]
    assert said(there, "call:1:again-2") == f"{RULE.mention}: it has begun again"


def test_who_looked_at_it_before_has_to_look_again(there: House) -> None:
    come(there)
    answering.acknowledge(there.path, 1, OPERATOR)
    there.time.pass_(minutes=5)
    come(there, ENDS)
    there.time.pass_(minutes=5)
    assert come(there).acknowledged_by == ""


def test_what_begins_much_later_is_something_new(there: House) -> None:
    come(there)
    come(there, ENDS, at=there.time() + MINUTE)
    there.time.pass_(minutes=32)
    assert come(there).number == 2
    assert letters(there) == ["trouble:1", "trouble:2"]


def test_what_has_no_end_is_told_once_for_what_comes_close_together(there: House) -> None:
    assert come(there, TELLS).tells
    there.time.pass_(minutes=10)
    come(there, TELLS)
    there.time.pass_(minutes=40)
    assert come(there, TELLS).number == 2


def test_a_rule_that_wants_many_things_begins_again_only_for_what_is_its_own(there: House) -> None:
    come(there)
    other = come(there, rule=replace(RULE, name="calling"))
    assert (other.number, other.rule) == (2, "calling")


# -- delivered twice, late and out of order ---------------------------------------------------------------


def test_the_second_delivery_changes_nothing(there: House) -> None:
    one = seen(there.time())
    for _ in range(3):
        flow.take_in(there.path, "main", [one, one])
    assert outcomes(there) == [Outcome.TOLD]
    assert letters(there) == ["trouble:1"]
    letter = there.path.db.read(lambda tx: outbox.with_key(tx, "trouble:1"))
    assert letter is not None
    assert letter.version == 1
    assert audited(there) == ["trouble.began"]


def test_what_is_older_than_what_is_known_is_kept_and_changes_nothing(there: House) -> None:
    now = there.time()
    come(there)
    come(there, ENDS, at=now - MINUTE)
    assert newest(there).state is State.OPEN
    assert outcomes(there) == [Outcome.TOLD, Outcome.LATE]


def test_an_end_without_a_begin_is_noted_and_told_to_nobody(there: House) -> None:
    come(there, ENDS)
    assert letters(there) == []
    assert every(there) == []
    assert there.path.troubles.fired() == {}
    assert there.path.troubles.about(WEB) == []


def test_a_begin_after_its_end_is_told_as_over(there: House) -> None:
    now = there.time()
    there.time.pass_(hours=1)
    come(there, ENDS, at=now + 10 * MINUTE)
    one = come(there, at=now)
    assert (one.state, one.began, one.ended, one.times) == (State.OVER, now, now + 10 * MINUTE, 1)
    assert str(one.title) == "web-cpu ends"
    assert letters(there) == ["trouble:1"]


def test_a_begin_after_an_end_that_was_only_noted_has_a_message(there: House) -> None:
    come(there, ENDS)
    there.time.pass_(minutes=5)
    one = come(there)
    assert (one.state, one.times) == (State.OPEN, 1)
    assert letters(there) == [f"trouble:{one.number}"]


STORY = [(Phase.BEGINS, 0), (GOES_ON, 1), (ENDS, 2), (Phase.BEGINS, 4)]


def test_in_every_order_an_hour_late_the_end_state_is_the_same_and_it_is_told_once(there: House) -> None:
    began = there.time()
    there.time.pass_(hours=1)
    for number, order in enumerate(permutations(STORY)):
        subject = f"arn:alarm:{number}"
        mine = [seen(began + after * MINUTE, phase, subject, cause=subject) for phase, after in order]
        flow.take_in(there.path, "main", [*mine, *mine])
        there.time.pass_(minutes=2)  # so that they are no storm
        one = newest(there, subject)
        assert (one.state, one.last) == (State.OPEN, began + 4 * MINUTE), order
    assert len(every(there)) == len(letters(there, "trouble"))
    told = {one.subject for one in every(there)}
    assert len(told) == len(list(permutations(STORY)))


def test_what_waited_for_an_hour_is_one_message_with_the_right_end(there: House) -> None:
    began = there.time()
    there.time.pass_(hours=1)
    waited = [seen(began + n * MINUTE, phase) for n, phase in enumerate([Phase.BEGINS, GOES_ON, ENDS])]
    flow.take_in(there.path, "main", waited)
    one = newest(there)
    assert (one.state, one.began, one.ended) == (State.OVER, began, began + 2 * MINUTE)
    assert letters(there) == ["trouble:1"]


# -- what is not acted on -----------------------------------------------------------------------------------


def refused(there: House, number: int, why: str = "it is forged") -> None:
    strange = Event(f"message/main/{number}", "dev", HERE.region, there.time(), {"body": "x"})
    flow.refuse(there.path, "main", strange, Outcome.REFUSED, words(f"{why} {{n}}", n=number), "C0REPORTS")


def test_what_is_refused_is_kept_and_said_once_an_hour_for_each_kind_of_reason(there: House) -> None:
    for number in range(3):
        refused(there, number)
        refused(there, number)
    refused(there, 10, "it is foreign")
    assert len(letters(there, "notice")) == 2
    there.time.pass_(hours=1)
    refused(there, 11)
    assert len(letters(there, "notice")) == 3
    assert outcomes(there) == [Outcome.REFUSED] * 5
    assert str(there.path.troubles.events()[0].why) == "it is forged 11"


def test_where_there_is_no_channel_for_it_it_is_kept_all_the_same(there: House) -> None:
    strange = Event("message/main/1", "dev", HERE.region, there.time(), {"body": "x"})
    flow.refuse(there.path, "main", strange, Outcome.ASIDE, words("nobody can read it"), "")
    assert letters(there) == []
    assert outcomes(there) == [Outcome.ASIDE]


def test_a_subject_that_is_too_long_is_one_trouble_all_the_same(there: House) -> None:
    come(there, subject="x" * 400)
    there.time.pass_(minutes=1)
    over = come(there, ENDS, subject="x" * 400)
    assert over.state is State.OVER
    assert len(every(there)) == 1
