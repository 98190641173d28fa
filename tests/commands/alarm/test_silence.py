from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.arguments import UsageError
from bot.operation import StepState
from bot.store.schema import outbox
from bot.trouble import Phase
from tests.commands.alarm.alarms import ALARMS, DISK, REST, WEB, come, lines, now
from tests.commands.desk import Desk
from tests.house import OPERATOR


def letters(desk: Desk) -> list[str]:
    query = select(outbox.c.key).where(outbox.c.kind == "trouble").order_by(outbox.c.id)
    return desk.house.path.db.read(lambda tx: list(tx.execute(query).scalars()))


def test_nobody_hears_of_it_until_then_and_then_they_do(desk: Desk) -> None:
    come(desk)
    (row,) = desk.carry_out("/alarm silence A1 --for 1d")
    assert row.state is StepState.DONE
    assert now(desk, 1).silenced_by == OPERATOR
    desk.house.time.pass_(hours=2)
    come(desk, WEB, Phase.ENDS)
    desk.house.time.pass_(hours=2)
    assert come(desk).silenced_by == OPERATOR
    desk.house.time.pass_(days=1)
    come(desk, WEB, Phase.ENDS)
    desk.house.time.pass_(hours=2)
    assert come(desk).silenced_by == ""
    assert letters(desk) == ["trouble:1", "trouble:3"]


def test_all_of_a_rule_may_be_silent(desk: Desk) -> None:
    desk.carry_out("/alarm silence rule:rest --until 22:00")
    assert come(desk, DISK, rule=REST).silenced_by == OPERATOR
    assert come(desk, WEB, rule=ALARMS).silenced_by == ""


def test_a_silence_can_be_ended_and_what_is_open_is_told_then(desk: Desk) -> None:
    desk.carry_out("/alarm silence rule:alarms --for 1d")
    come(desk)
    desk.carry_out("/alarm silence rule:alarms --end")
    assert desk.house.path.troubles.silences() == []
    assert letters(desk) == []
    desk.carry_out("/alarm silence A1 --for 1d")
    desk.carry_out("/alarm silence A1 --end")
    assert desk.house.path.troubles.silences() == []
    assert now(desk, 1).silenced_by == ""
    assert letters(desk) == ["trouble:1"]


def test_the_newest_word_counts(desk: Desk) -> None:
    come(desk)
    desk.carry_out("/alarm silence A1 --for 1d")
    desk.carry_out("/alarm silence A1 --for 2h")
    (one,) = desk.house.path.troubles.silences()
    assert timedelta(hours=1) < one.until - desk.house.time() < timedelta(hours=2)


def test_what_is_not_silent_need_not_be_ended(desk: Desk) -> None:
    come(desk)
    assert lines(desk, "/alarm silence A1 --end") == ["#A1 (web-cpu is in alarm) is not silent."]
    assert lines(desk, "/alarm silence rule:rest --end") == ["the rule rest is not silent."]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("rule:alarm --for 1h", "There is no rule alarm; there is alarms"),
        ("web --for 1h", "is no alarm's number"),
        ("A1 --end --for 1h", "A silence ends at once"),
        ("A1", "Say either for how long"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(desk: Desk, typed: str, why: str) -> None:
    come(desk)
    with pytest.raises(UsageError, match=why):
        desk.plan(f"/alarm silence {typed}")
