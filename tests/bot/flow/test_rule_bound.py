"""A rule asks its line so many times within an hour; what is beyond is said, and can be clicked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aws.account import AccountConfig
from bot.flow import troubles as flow
from bot.glance import standing
from bot.trouble import Phase, Trouble
from tests.bot.flow.crowd import HERE
from tests.happened import DOING, INSTANCE, RULE, asked, come, every, letters, newest, said, seen
from tests.house import House, house

TWICE = replace(DOING, name="twice", at_most=2)
OTHER = replace(TWICE, name="twice again")
AT_THE_END = replace(TWICE, name="end", when="end")
LINE = f"ec2 stop {INSTANCE}"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    account = AccountConfig(HERE.account, "123456789012", (HERE.region,))
    with house(tmp_path, [account], rules=(RULE, TWICE, OTHER, AT_THE_END)) as made:
        yield made


def three(there: House) -> Trouble:
    """Three alarms of a rule that may ask twice; how the third stands."""
    for number in range(3):
        come(there, subject=f"arn:alarm:{number}", rule=TWICE)
    return newest(there, "arn:alarm:2", TWICE)


def test_what_is_beyond_is_not_asked_and_says_why(there: House) -> None:
    last = three(there)
    assert asked(there) == [LINE] * 2
    assert last.operation is None
    why = "the rule twice has asked 2 times within an hour, which is all it may (at_most)"
    assert [str(one) for one in standing(last)] == [f"“/{LINE}” was not asked: {why}"]


def test_its_line_stands_there_to_be_clicked(there: House) -> None:
    assert [offer.line for offer in three(there).clickable] == [LINE]
    first = newest(there, "arn:alarm:0", TWICE)
    assert (first.unasked, first.clickable) == (None, ())


def test_a_second_delivery_asks_it_no_more(there: House) -> None:
    began = there.time()
    three(there)
    there.time.pass_(hours=2)
    flow.take_in(there.path, "main", [seen(began, subject="arn:alarm:2", rule=TWICE)])
    assert len(asked(there)) == 2


def test_an_hour_later_it_asks_again(there: House) -> None:
    three(there)
    there.time.pass_(hours=1, minutes=1)
    come(there, subject="arn:alarm:3", rule=TWICE)
    assert len(asked(there)) == 3
    assert newest(there, "arn:alarm:3", TWICE).unasked is None


def test_what_begins_again_counts_each_time(there: House) -> None:
    for _ in range(3):
        come(there, rule=TWICE)
        there.time.pass_(minutes=2)
        come(there, Phase.ENDS, rule=TWICE)
        there.time.pass_(minutes=2)
    assert len(asked(there)) == 2
    over = newest(there, rule=TWICE)
    assert (over.unasked, over.clickable) == (None, ()), "what was wanted at its begin is over with it"


def test_what_begins_again_when_there_is_room_is_asked(there: House) -> None:
    three(there)
    there.time.pass_(minutes=1)
    come(there, Phase.ENDS, subject="arn:alarm:2", rule=TWICE)
    there.time.pass_(minutes=61)
    again = come(there, subject="arn:alarm:2", rule=replace(TWICE, reopen=timedelta(hours=2)))
    assert (again.times, len(asked(there))) == (2, 3)


def test_the_end_of_something_may_be_beyond_too(there: House) -> None:
    for number in range(3):
        come(there, subject=f"arn:alarm:{number}", rule=AT_THE_END)
    there.time.pass_(minutes=1)
    for number in range(3):
        come(there, Phase.ENDS, subject=f"arn:alarm:{number}", rule=AT_THE_END)
    assert [offer.line for offer in newest(there, "arn:alarm:2", AT_THE_END).clickable] == [LINE]


def test_each_rule_has_its_own_bound(there: House) -> None:
    three(there)
    come(there, rule=OTHER)
    assert len(asked(there)) == 3


def test_in_a_storm_its_thread_says_so_once(there: House) -> None:
    for number in range(40):
        come(there, subject=f"arn:alarm:{number}", rule=TWICE)
    assert len(asked(there)) == 2
    (key,) = [one for one in letters(there, "call") if ":held " in one]
    assert said(there, key).startswith("Lines of the rule twice are not asked for the moment: ")
    assert "/alarm show" in said(there, key)
    assert sum(one.unasked is not None for one in every(there)) == 38
