"""Whoever wants to be reminded of what AWS has scheduled is, once, and nobody is called until then."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from aws.account import AccountConfig
from bot.flow import answering, reminders
from bot.store.schema import outbox
from bot.trouble import Phase, Severity, State, Trouble
from jobs import escalation
from tests.happened import CALLING, MINUTE, RULE, WEB, audited, come, letters, newest, said
from tests.house import OPERATOR, OTHER, House, house

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    account = AccountConfig("dev", "123456789012", ("ap-northeast-1",))
    with house(tmp_path, [account], rules=(RULE, CALLING)) as made:
        yield made


def scheduled(there: House, left: timedelta = 7 * DAY) -> Trouble:
    return come(there, starts=there.time() + left, severity=Severity.WARNING)


def want(there: House, person: str = OPERATOR) -> str:
    return str(reminders.want(there.path, 1, person))


def waiting(there: House) -> list[tuple[str, datetime]]:
    """The calls that wait for their moment, and when that is."""
    query = select(outbox.c.key, outbox.c.next_try).where(outbox.c.kind == "call").order_by(outbox.c.id)
    return [(row.key, row.next_try) for row in there.path.db.read(lambda tx: tx.execute(query).all())]


def test_who_wants_a_reminder_is_told_when_and_gets_it_then_with_a_mention(there: House) -> None:
    one = scheduled(there)
    at = there.time() + 6 * DAY
    assert want(there).startswith("You are reminded of #A1 at ")
    ((key, due),) = waiting(there)
    assert due == at
    assert said(there, key).startswith(f"{OPERATOR}: you wanted to be reminded of #A1, which begins at ")
    assert str(one.title) in said(there, key)
    assert newest(there).snoozed_until == at
    assert audited(there)[-1] == "trouble.snoozed"


def test_the_reminder_is_the_only_call_at_its_moment(there: House) -> None:
    scheduled(there)
    want(there)
    there.time.pass_(days=6, seconds=1)
    escalation.look(there.path)
    assert len(letters(there, "call")) == 1
    assert newest(there).snoozed_until is None
    assert newest(there).state is State.OPEN


def test_each_who_wants_one_gets_one_and_who_clicks_twice_too(there: House) -> None:
    scheduled(there)
    want(there)
    want(there, OTHER)
    want(there)
    assert [key.rpartition(":")[2] for key, _ in waiting(there)] == [OPERATOR, OTHER]


def test_a_reminder_stays_when_somebody_acknowledges(there: House) -> None:
    scheduled(there)
    want(there)
    answering.acknowledge(there.path, 1, OTHER)
    assert len(waiting(there)) == 1


def test_it_goes_along_when_aws_moves_the_date_and_back(there: House) -> None:
    one = scheduled(there)
    want(there)
    for starts in (one.began + 30 * DAY, one.began + 7 * DAY):
        there.time.pass_(minutes=1)
        come(there, starts=starts, severity=Severity.WARNING)
        ((_, due),) = waiting(there)
        assert due == starts - DAY
        assert newest(there).snoozed_until == due


def test_it_goes_along_when_what_was_called_off_is_scheduled_anew(there: House) -> None:
    one = scheduled(there)
    want(there)
    there.time.pass_(minutes=1)
    come(there, Phase.ENDS)
    there.time.pass_(minutes=1)
    again = come(there, starts=one.began + 9 * DAY, severity=Severity.WARNING)
    assert (again.number, again.state) == (one.number, State.OPEN)
    assert [due for _, due in waiting(there)] == [one.began + 8 * DAY]


def test_who_is_surprised_by_an_earlier_date_hears_of_it_now(there: House) -> None:
    scheduled(there)
    want(there)
    there.time.pass_(minutes=1)
    come(there, starts=there.time() + 5 * MINUTE, severity=Severity.WARNING)
    assert [due for _, due in waiting(there)] == [there.time()]


@pytest.mark.parametrize(("left", "why"), [(-HOUR, "has begun"), (14 * MINUTE, "too soon")])
def test_what_begins_too_soon_says_so(there: House, left: timedelta, why: str) -> None:
    scheduled(there, left)
    assert why in want(there)
    assert waiting(there) == []
    assert newest(there).snoozed_until is None


def test_what_has_no_begin_or_is_over_reminds_nobody(there: House) -> None:
    assert "never there" in want(there)
    come(there)
    assert "has begun" in want(there)
    come(there, Phase.ENDS, WEB, at=there.time() + MINUTE)
    assert "is over" in want(there)
    assert waiting(there) == []
