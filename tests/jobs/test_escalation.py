"""Who is called when nobody acknowledges, and what a silence or a snooze does to that."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aws.account import AccountConfig
from bot.flow import answering
from bot.flow import troubles as flow
from bot.store import troubles
from bot.trouble import Phase, Severity, Silence, State
from jobs import escalation
from tests.happened import CALLING, MINUTE, RULE, WEB, asked, audited, come, letters, newest, said, seen
from tests.house import OPERATOR, OTHER, READER, House, house

HOUR = timedelta(hours=1)
BY_READER = replace(CALLING, name="reader", owner=READER)
ONCE = replace(RULE, name="once", after=(5 * MINUTE,), mention="")


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    account = AccountConfig("dev", "123456789012", ("ap-northeast-1",))
    with house(tmp_path, [account], rules=(RULE, CALLING, BY_READER, ONCE)) as made:
        yield made


def pass_(there: House, span: timedelta) -> None:
    """Time goes by, and it is looked every minute."""
    for _ in range(int(span / MINUTE)):
        there.time.pass_(minutes=1)
        escalation.look(there.path)


def calls(there: House) -> list[str]:
    return [said(there, key) for key in letters(there, "call")]


def test_nobody_is_called_before_it_is_time(there: House) -> None:
    come(there, rule=CALLING)
    pass_(there, 4 * MINUTE)
    assert calls(there) == []


def test_its_people_are_called_again_then_wider_ones_then_the_topic(there: House) -> None:
    come(there, rule=CALLING)
    pass_(there, 5 * MINUTE)
    assert calls(there) == [f"{OTHER}: nobody has acknowledged #A1."]
    pass_(there, 5 * MINUTE)
    assert calls(there)[1:] == ["S0WIDER: nobody has acknowledged #A1."]
    assert asked(there) == []
    pass_(there, 5 * MINUTE)
    assert calls(there)[2:] == [f"Nobody has acknowledged this. {CALLING.topic} is told."]
    assert asked(there) == ["alarm page 1"]
    pass_(there, HOUR)
    assert len(calls(there)) == 3
    assert audited(there).count("trouble.called") == 3


def test_however_often_it_is_looked_each_call_is_one_letter(there: House) -> None:
    come(there, rule=CALLING)
    there.time.pass_(minutes=5)
    for _ in range(5):
        escalation.look(there.path)
    assert len(calls(there)) == 1


def test_after_a_break_of_an_hour_calls_are_made_one_after_the_other(there: House) -> None:
    come(there, rule=CALLING)
    there.time.pass_(hours=1)
    escalation.look(there.path)
    escalation.look(there.path)
    assert len(calls(there)) == 1
    pass_(there, 15 * MINUTE)
    assert len(calls(there)) == 3


@pytest.mark.parametrize("how", ["acknowledged", "over"])
def test_nobody_is_called_about_what_somebody_looks_at_or_what_is_over(there: House, how: str) -> None:
    come(there, rule=CALLING)
    pass_(there, 5 * MINUTE)
    if how == "over":
        come(there, Phase.ENDS, rule=CALLING)
    else:
        answering.acknowledge(there.path, 1, OPERATOR)
    pass_(there, HOUR)
    assert len(calls(there)) == 1
    assert asked(there) == []


def test_what_begins_again_is_called_for_again(there: House) -> None:
    come(there, rule=CALLING)
    pass_(there, 5 * MINUTE)
    come(there, Phase.ENDS, rule=CALLING)
    pass_(there, MINUTE)
    come(there, rule=CALLING)
    pass_(there, 5 * MINUTE)
    again = [f"{OTHER}: nobody has acknowledged #A1."]
    assert calls(there) == [*again, f"{OTHER}: it has begun again", *again]


def test_only_what_is_critical_calls_anybody(there: House) -> None:
    come(there, rule=CALLING, severity=Severity.WARNING)
    pass_(there, HOUR)
    assert calls(there) == []


def test_a_rule_that_names_nobody_says_so(there: House) -> None:
    come(there, rule=ONCE)
    pass_(there, 10 * MINUTE)
    assert calls(there) == ["Nobody has acknowledged this."]


def test_a_rule_that_is_gone_calls_nobody(there: House) -> None:
    come(there, rule=replace(CALLING, name="gone"))
    pass_(there, 10 * MINUTE)
    assert calls(there) == []
    assert there.path.db.read(lambda tx: troubles.to_call(tx, there.time() + HOUR)) == []


def test_a_topic_that_its_owner_may_not_tell_is_not_said_to_be_told(there: House) -> None:
    come(there, rule=BY_READER)
    pass_(there, 15 * MINUTE)
    assert asked(there) == []
    assert "is not told: " in calls(there)[-1]


def test_a_mistake_with_one_keeps_nobody_from_being_called_for_the_others(
    there: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    come(there, rule=CALLING)
    come(there, rule=CALLING, subject="arn:alarm:other")
    make = vars(escalation._Call)["make"]

    def stumbles(self: escalation._Call, *given: object) -> None:
        if self.trouble.number == 1:
            raise ValueError("a mistake")
        make(self, *given)

    monkeypatch.setattr(escalation._Call, "make", stumbles)
    pass_(there, 5 * MINUTE)
    assert calls(there) == [f"{OTHER}: nobody has acknowledged #A2."]
    assert "#A1: a call failed" in caplog.text
    monkeypatch.undo()
    pass_(there, 5 * MINUTE)
    assert f"{OTHER}: nobody has acknowledged #A1." in calls(there)


# -- snoozed ------------------------------------------------------------------------------------------------


def test_when_a_snooze_ends_it_is_as_if_it_had_just_begun(there: House) -> None:
    come(there, rule=CALLING)
    pass_(there, 5 * MINUTE)
    answering.snooze(there.path, 1, there.time() + HOUR, OPERATOR)
    pass_(there, 59 * MINUTE)
    assert len(calls(there)) == 1
    pass_(there, MINUTE)
    assert len(calls(there)) == 2
    one = newest(there, WEB, CALLING)
    assert (one.snoozed_until, one.stage) == (None, 0)
    pass_(there, 10 * MINUTE)
    assert calls(there)[2:] == [
        f"{OTHER}: nobody has acknowledged #A1.",
        "S0WIDER: nobody has acknowledged #A1.",
    ]


def test_what_is_snoozed_and_begins_again_stays_quiet(there: House) -> None:
    come(there, rule=CALLING)
    answering.snooze(there.path, 1, there.time() + HOUR, OPERATOR)
    pass_(there, 5 * MINUTE)
    come(there, Phase.ENDS, rule=CALLING)
    pass_(there, 5 * MINUTE)
    assert come(there, rule=CALLING).snoozed_until is not None
    pass_(there, 30 * MINUTE)
    assert calls(there) == []


def test_a_snooze_of_what_somebody_looks_at_is_over_when_it_is_over(there: House) -> None:
    come(there)
    answering.acknowledge(there.path, 1, OPERATOR)
    answering.snooze(there.path, 1, there.time() + HOUR, OPERATOR)
    pass_(there, HOUR)
    assert calls(there) == []
    assert newest(there).snoozed_until is None


# -- silenced -----------------------------------------------------------------------------------------------


def silence(there: House, span: timedelta, subject: str = WEB, rule: str = "calling") -> None:
    answering.silence(there.path, Silence(rule, subject, there.time() + span, OPERATOR))


@pytest.mark.parametrize("subject", [WEB, ""], ids=["this one", "all of the rule"])
def test_what_began_in_silence_is_told_when_the_silence_ends(there: House, subject: str) -> None:
    silence(there, HOUR, subject)
    there.time.pass_(minutes=1)
    come(there, rule=CALLING)
    pass_(there, 58 * MINUTE)
    assert letters(there) == []
    pass_(there, 2 * MINUTE)
    assert letters(there) == ["trouble:1"]
    assert newest(there, WEB, CALLING).silenced_by == ""
    pass_(there, 5 * MINUTE)
    assert calls(there) == [f"{OTHER}: nobody has acknowledged #A1."]


def test_what_is_over_before_its_silence_ends_is_never_told(there: House) -> None:
    silence(there, HOUR)
    come(there, rule=CALLING)
    come(there, Phase.ENDS, rule=CALLING, at=there.time() + MINUTE)
    pass_(there, 61 * MINUTE)
    assert letters(there) == []


def test_while_a_whole_rule_is_silent_nobody_is_called_about_what_began_before(there: House) -> None:
    come(there, rule=CALLING)
    silence(there, HOUR, "")
    pass_(there, 59 * MINUTE)
    assert calls(there) == []
    pass_(there, 2 * MINUTE)
    assert calls(there) == [f"{OTHER}: nobody has acknowledged #A1."]


def test_a_thousand_that_began_in_silence_are_twenty_messages_at_most(there: House) -> None:
    silence(there, HOUR, "")
    now = there.time()
    flow.take_in(there.path, "main", [seen(now, subject=f"arn:alarm:{n}", rule=CALLING) for n in range(100)])
    there.time.pass_(minutes=61)
    escalation.look(there.path)
    assert 1 < len(letters(there)) <= 20


# -- storms -------------------------------------------------------------------------------------------------


def test_a_storm_is_called_for_once_and_pages_once(there: House) -> None:
    now = there.time()
    for some in range(0, 100, 50):
        named = [f"arn:alarm:{n}" for n in range(some, some + 50)]
        flow.take_in(there.path, "main", [seen(now, subject=each, rule=CALLING) for each in named])
        there.time.pass_(seconds=10)
    before = len(letters(there))
    pass_(there, 16 * MINUTE)
    alone = [one for one in there.path.troubles.find([State.OPEN], 500) if one.storm is None]
    assert len(letters(there)) == before + 3 * len(alone) + 3
    assert f"{OTHER}: Nobody has acknowledged 95 of these alarms." in calls(there)
    assert len(asked(there)) == len(alone) + 1
