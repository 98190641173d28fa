"""What people say to a trouble: one answer each, one row, and whoever would be called is not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from aws.account import AccountConfig
from bot.flow import answering
from bot.store import silences, troubles
from bot.trouble import Phase, Silence, State
from tests.bot.flow.crowd import HERE
from tests.happened import CALLING, DISK, MINUTE, RULE, WEB, audited, come, every, letters, newest
from tests.house import OPERATOR, OTHER, House, house

HOUR = timedelta(hours=1)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    account = AccountConfig(HERE.account, "123456789012", (HERE.region,))
    with house(tmp_path, [account], rules=(RULE, CALLING)) as made:
        yield made


def called(there: House, at: datetime) -> list[int]:
    """The troubles about which somebody would be called then."""
    return [one.number for one in there.path.db.read(lambda tx: troubles.to_call(tx, at))]


def acknowledge(there: House, number: int = 1, person: str = OPERATOR) -> str:
    return str(answering.acknowledge(there.path, number, person))


def test_who_acknowledges_looks_at_it_and_nobody_else_is_called(there: House) -> None:
    come(there, rule=CALLING)
    there.time.pass_(minutes=1)
    assert acknowledge(there) == "You look at #A1; nobody else is called."
    one = newest(there, WEB, CALLING)
    assert (one.state, one.acknowledged_by, one.acknowledged_at) == (
        State.ACKNOWLEDGED,
        OPERATOR,
        there.time(),
    )
    assert called(there, there.time() + 24 * HOUR) == []
    assert audited(there) == ["trouble.began", "trouble.acknowledged"]


def test_only_the_first_looks_at_it_and_the_second_is_told_who_does(there: House) -> None:
    come(there)
    acknowledge(there)
    assert acknowledge(there, person=OTHER) == f"{OPERATOR} looks at #A1 already."
    assert newest(there).acknowledged_by == OPERATOR
    assert audited(there).count("trouble.acknowledged") == 1


def test_what_is_over_or_never_was_cannot_be_looked_at(there: House) -> None:
    come(there)
    come(there, Phase.ENDS, at=there.time() + MINUTE)
    assert acknowledge(there) == "#A1 is over."
    assert acknowledge(there, 77) == "There is no alarm #A77."


def test_who_snoozes_it_has_quiet_until_then(there: House) -> None:
    come(there, rule=CALLING)
    until = there.time() + HOUR
    said = answering.snooze(there.path, 1, until, OPERATOR)
    assert str(said) == f"Nobody is called about #A1 until {until.isoformat()}."
    assert newest(there, WEB, CALLING).snoozed_until == until
    assert called(there, until - MINUTE) == []
    assert called(there, until) == [1]


def test_who_acknowledges_ends_the_snooze(there: House) -> None:
    come(there)
    answering.snooze(there.path, 1, there.time() + HOUR, OPERATOR)
    acknowledge(there)
    assert newest(there).snoozed_until is None


def test_what_is_over_is_not_snoozed(there: House) -> None:
    come(there)
    come(there, Phase.ENDS, at=there.time() + MINUTE)
    assert "is over" in str(answering.snooze(there.path, 1, there.time() + HOUR, OPERATOR))
    assert called(there, there.time() + HOUR) == []


def silence(there: House, until: datetime, subject: str = WEB, rule: str = "alarms") -> None:
    answering.silence(there.path, Silence(rule, subject, until, OPERATOR))


def test_who_silences_it_is_named_on_its_message(there: House) -> None:
    come(there)
    silence(there, there.time() + HOUR)
    assert newest(there).silenced_by == OPERATOR
    assert audited(there) == ["trouble.began", "trouble.silenced"]
    assert there.path.db.read(lambda tx: silences.standing(tx, there.time())) == [
        Silence("alarms", WEB, there.time() + HOUR, OPERATOR)
    ]


def test_the_newest_word_about_a_silence_counts(there: House) -> None:
    silence(there, there.time() + HOUR)
    silence(there, there.time() + 2 * HOUR)
    (one,) = there.path.troubles.silences()
    assert one.until == there.time() + 2 * HOUR


def test_of_a_silenced_alarm_nobody_is_called_while_it_is_silent(there: House) -> None:
    come(there, rule=CALLING)
    silence(there, there.time() + HOUR, rule="calling")
    assert called(there, there.time() + HOUR - MINUTE) == []


def test_a_silence_that_is_ended_tells_at_once_what_began_in_it(there: House) -> None:
    silence(there, there.time() + HOUR)
    come(there)
    assert letters(there) == []
    silence(there, there.time())
    assert newest(there).silenced_by == ""
    assert letters(there) == ["trouble:1"]
    assert called(there, there.time()) == []


def test_a_silence_that_is_ended_tells_nothing_of_what_is_over(there: House) -> None:
    silence(there, there.time() + HOUR)
    come(there)
    come(there, Phase.ENDS, at=there.time() + MINUTE)
    silence(there, there.time())
    assert letters(there) == []


def test_a_silence_of_a_whole_rule_that_is_ended_is_looked_at(there: House) -> None:
    silence(there, there.time() + HOUR, "")
    come(there)
    come(there, subject=DISK)
    silence(there, there.time(), "")
    assert called(there, there.time()) == [1, 2]


def storm(there: House, count: int = 20) -> int:
    """So many alarms at once; the number of their storm."""
    for number in range(count):
        come(there, subject=f"arn:alarm:{number}", rule=CALLING)
    found = newest(there, f"arn:alarm:{count - 1}", CALLING).storm
    assert found is not None
    return found


def test_who_acknowledges_a_storm_looks_at_all_of_it_with_one_answer(there: House) -> None:
    number = storm(there)
    mine = [one for one in every(there) if one.storm == number]
    acknowledge(there, mine[0].number, OTHER)
    said = str(answering.acknowledge_all(there.path, number, OPERATOR))
    assert said == f"You look at {len(mine) - 1} alarms; nobody else is called."
    stands = [(one.state, one.acknowledged_by) for one in every(there) if one.storm == number]
    assert stands == [(State.ACKNOWLEDGED, OTHER), *[(State.ACKNOWLEDGED, OPERATOR)] * (len(mine) - 1)]
    assert audited(there).count("trouble.acknowledged") == len(mine)
    alone = [one.number for one in every(there) if one.storm is None]
    assert called(there, there.time() + 24 * HOUR) == alone
    again = str(answering.acknowledge_all(there.path, number, OTHER))
    assert again == "Somebody looks at all of them already, or they are over."


def test_what_joins_a_storm_later_begins_open(there: House) -> None:
    number = storm(there)
    answering.acknowledge_all(there.path, number, OPERATOR)
    late = come(there, subject="arn:alarm:late", rule=CALLING)
    assert (late.storm, late.state) == (number, State.OPEN)
