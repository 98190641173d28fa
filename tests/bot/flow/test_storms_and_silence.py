"""Troubles that nobody wants to hear of, and too many at once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from aws.account import AccountConfig
from bot.flow import answering
from bot.flow import troubles as flow
from bot.flow.troubles import FEW, SHOWN
from bot.store import outbox, storms, troubles
from bot.store.events import Outcome
from bot.trouble import Phase, Seen, Silence, State
from tests.bot.flow.crowd import HERE
from tests.happened import (
    CALLING,
    DISK,
    DOING,
    MINUTE,
    RULE,
    WEB,
    come,
    every,
    letters,
    outcomes,
    seen,
)
from tests.house import OPERATOR, House, house

ENDS, TELLS, GOES_ON = Phase.ENDS, Phase.TELLS, Phase.GOES_ON


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    account = AccountConfig(HERE.account, "123456789012", (HERE.region,))
    with house(tmp_path, [account], rules=(RULE, CALLING, DOING)) as made:
        yield made


def silence(there: House, subject: str = WEB, **much: float) -> None:
    until = there.time() + timedelta(**much)
    answering.silence(there.path, Silence("alarms", subject, until, OPERATOR))


# -- silence ------------------------------------------------------------------------------------------------


def test_what_begins_in_silence_is_kept_and_told_to_nobody(there: House) -> None:
    silence(there, hours=1)
    one = come(there)
    assert (one.silenced_by, one.state) == (OPERATOR, State.OPEN)
    assert letters(there) == []
    assert outcomes(there) == [Outcome.SILENCED]


def test_all_of_a_rule_can_be_silent(there: House) -> None:
    silence(there, "", hours=1)
    come(there)
    come(there, subject=DISK)
    come(there, rule=CALLING)
    assert letters(there) == ["trouble:3"]


def test_what_begins_again_in_silence_calls_nobody(there: House) -> None:
    come(there)
    come(there, ENDS, at=there.time() + MINUTE)
    silence(there, "", hours=1)
    there.time.pass_(minutes=5)
    again = come(there)
    assert (again.times, again.silenced_by) == (2, OPERATOR)
    assert letters(there) == ["trouble:1"]


def test_what_begins_again_after_its_silence_is_told(there: House) -> None:
    silence(there, minutes=2)
    come(there)
    there.time.pass_(minutes=1)
    come(there, ENDS)
    there.time.pass_(minutes=5)
    again = come(there)
    assert (again.times, again.silenced_by) == (2, "")
    assert letters(there) == ["trouble:1"]


# -- storms -------------------------------------------------------------------------------------------------


def test_of_too_much_at_once_the_first_few_are_told_alone_and_the_rest_together(there: House) -> None:
    now = there.time()
    flow.take_in(there.path, "main", [seen(now, subject=f"arn:alarm:{n}") for n in range(1000)])
    assert len(letters(there, "trouble")) == FEW
    assert letters(there, "storm") == ["storm:1"]
    assert len(every(there)) == 1000
    assert there.path.db.read(storms.count) == 1


@pytest.mark.parametrize("causes", [1, 7, 60])
def test_a_thousand_in_more_than_a_minute_of_many_causes_are_twenty_messages_at_most(
    there: House, causes: int
) -> None:
    for n in range(0, 1000, 50):
        there.time.pass_(seconds=3.5)
        batch = range(n, n + 50)
        now = there.time()
        some = [seen(now, subject=f"arn:alarm:{each}", cause=f"cause {each % causes}") for each in batch]
        flow.take_in(there.path, "main", some)
    assert len(letters(there)) <= 20
    assert len(every(there)) == 1000


def test_in_a_storm_the_first_of_another_cause_is_still_told_by_itself(there: House) -> None:
    now = there.time()
    flow.take_in(there.path, "main", [seen(now, subject=f"arn:alarm:{n}") for n in range(50)])
    other = come(there, subject=DISK, cause="dev RDS")
    assert other.storm is None
    assert f"trouble:{other.number}" in letters(there)


def test_after_a_storm_all_is_as_before(there: House) -> None:
    now = there.time()
    flow.take_in(there.path, "main", [seen(now, subject=f"arn:alarm:{n}") for n in range(50)])
    there.time.pass_(seconds=61)
    assert come(there).storm is None


def test_what_is_silent_or_only_noted_makes_no_storm(there: House) -> None:
    silence(there, "", hours=1)
    for n in range(SHOWN):
        come(there, subject=f"arn:alarm:{n}")
        come(there, ENDS, subject=f"arn:noted:{n}", rule=CALLING)
    assert come(there, rule=CALLING).storm is None


def test_a_storms_message_shows_each_recovery(there: House) -> None:
    now = there.time()
    flow.take_in(there.path, "main", [seen(now, subject=f"arn:alarm:{n}") for n in range(50)])
    before = there.path.db.read(lambda tx: outbox.with_key(tx, "storm:1"))
    there.time.pass_(minutes=1)
    come(there, ENDS, subject="arn:alarm:49")
    after = there.path.db.read(lambda tx: outbox.with_key(tx, "storm:1"))
    assert before is not None
    assert after is not None
    assert after.version == before.version + 1
    counts = there.path.db.read(lambda tx: troubles.counted(tx, 1))
    assert counts == {State.OPEN: 50 - FEW - 1, State.OVER: 1}


def test_a_storm_that_comes_back_is_a_storm_again(there: House) -> None:
    def all_of_them(phase: Phase) -> list[Seen]:
        return [seen(there.time(), phase, f"arn:alarm:{n}") for n in range(100)]

    for phase in (Phase.BEGINS, ENDS, Phase.BEGINS):
        flow.take_in(there.path, "main", all_of_them(phase))
        there.time.pass_(minutes=5)
    assert {one.times for one in every(there)} == {2}
    assert len(letters(there)) <= 20


def test_one_of_a_storm_that_comes_back_alone_gets_a_message_of_its_own(there: House) -> None:
    now = there.time()
    flow.take_in(there.path, "main", [seen(now, subject=f"arn:alarm:{n}") for n in range(50)])
    come(there, ENDS, subject="arn:alarm:49", at=now + MINUTE)
    there.time.pass_(minutes=5)
    again = come(there, subject="arn:alarm:49")
    assert again.storm is None
    assert letters(there)[-1] == f"trouble:{again.number}"
