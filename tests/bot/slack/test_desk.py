"""What lies on whose desk: what waits and rings for them, what is theirs, nothing they may not ask about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from aws.account import AccountConfig
from bot.costs import BY_SERVICE, BillRules, Budget
from bot.flow import answering
from bot.operation import State, StepState
from bot.people import Directory
from bot.plan import Resource, Step
from bot.policy.policy import DEFAULT
from bot.slack.desk import GATE, Desks
from bot.store import costs, steps, troubles
from bot.store.costs import Row
from bot.store.outbox import Mail
from bot.store.schema import operations as operation_table
from bot.store.schema import outbox
from bot.store.schema import steps as step_table
from bot.trouble import Severity, Silence
from bot.views.home import Desk
from tests.happened import DISK, MINUTE, RULE, WEB, come, newest
from tests.house import APPROVER, GROUPS, OPERATOR, OTHER, READER, House, house

WIDE = replace(RULE, name="wide", mention="S0OPS", wider=READER)
BLIND = f"""
@id("the-reader-is-blind") forbid (principal == User::"{READER}", action in [Action::"cost.month",
Action::"alarm.list", Action::"toban.pending", Action::"toban.audit", Action::"schedule.list"], resource);
"""
URL = "https://example.slack.com/"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as made:
        yield made


def opened(folder: Path, **more: Any) -> Any:
    account = AccountConfig("dev", "123456789012", ("ap-northeast-1",))
    return house(folder, [account], rules=(RULE, WIDE), bill=BillRules(payers=("dev",)), **more)


def desk(there: House, person: str) -> Desk:
    return Desks(there.path, lambda: URL).of(person)


def numbers(found: Any) -> list[int]:
    return [one.report.operation.number for one in found]


# -- operations ----------------------------------------------------------------------------------------


def put(there: House, state: State, person: str = OPERATOR, **columns: Any) -> int:
    """An operation that stands so."""
    there.ask("ec2 list", person)
    number = there.asks

    def change(tx: Any) -> None:
        mine = update(operation_table).where(operation_table.c.id == number)
        tx.execute(mine.values(state=state, wake=None, **columns))

    there.path.db.write(change)
    return number


def test_what_waits_is_for_those_who_could_decide_and_all_of_it_is_counted(there: House) -> None:
    made = [put(there, State.WAITING, could_approve=[APPROVER]) for _ in range(12)]
    found = desk(there, APPROVER)
    assert (numbers(found.waiting)[:2], found.waits) == ([made[-1], made[-2]], 12)
    assert numbers(desk(there, OTHER).waiting) == []


def test_what_is_mine_and_has_not_ended_comes_first(there: House) -> None:
    still = put(there, State.WAITING)
    ended = [put(there, State.DONE, started=there.time(), ended=there.time()) for _ in range(9)]
    assert numbers(desk(there, OPERATOR).mine)[:2] == [still, ended[-1]]
    assert numbers(desk(there, READER).mine) == []


def test_what_asks_to_go_on_is_for_those_who_may_say_so(there: House) -> None:
    number = put(there, State.RUNNING, started=there.time())
    gate = Step("gate", GATE, Resource("dev", "ap-northeast-1", "gate", "i-1@10"), (), ())

    def waits(tx: Any) -> None:
        steps.add(tx, number, [gate])
        tx.execute(update(step_table).values(state=StepState.AWAITING))

    there.path.db.write(waits)
    assert numbers(desk(there, OPERATOR).asking) == [number]
    assert desk(there, READER).asking == ()


def test_what_has_a_message_has_a_way_to_it(there: House) -> None:
    number = put(there, State.RUNNING, started=there.time())
    row = {"key": "card", "kind": Mail.CARD, "operation": number, "channel": "C0OPS", "ts": "17.01"}
    there.path.db.write(lambda tx: tx.execute(insert(outbox).values(rank=3, created=there.time(), **row)))
    (one,) = desk(there, READER).running or ()
    assert one.url == "https://example.slack.com/archives/C0OPS/p1701"


# -- alarms --------------------------------------------------------------------------------------------


def called(there: House, person: str) -> list[int]:
    return [one.trouble.number for one in desk(there, person).called]


def test_an_alarm_waits_for_whoever_it_calls_until_somebody_looks(there: House) -> None:
    one = come(there)
    assert (called(there, OTHER), called(there, OPERATOR)) == ([one.number], [])
    answering.acknowledge(there.path, one.number, OPERATOR)
    assert called(there, OTHER) == []


def test_an_alarm_that_is_quiet_waits_for_nobody(there: House) -> None:
    one = come(there)
    answering.snooze(there.path, one.number, there.time() + MINUTE, OTHER)
    assert called(there, OTHER) == []
    there.time.pass_(seconds=61)
    assert called(there, OTHER) == [one.number]
    answering.silence(there.path, Silence(RULE.name, WEB, there.time() + MINUTE, OTHER))
    assert called(there, OTHER) == []


def test_who_is_called_with_a_group_is_called_and_the_second_time_the_others_too(there: House) -> None:
    people = Directory(GROUPS, lambda group: (OPERATOR,) if group == "S0OPS" else None)
    there.path = replace(there.path, people=people)
    one = come(there, rule=WIDE)
    assert (called(there, OPERATOR), called(there, READER)) == ([one.number], [])
    there.path.db.write(lambda tx: troubles.change(tx, one.number, stage=2))
    assert called(there, READER) == [one.number]


def test_open_alarms_are_counted_and_the_worst_comes_first(there: House) -> None:
    come(there, severity=Severity.INFO)
    come(there, subject=DISK, severity=Severity.CRITICAL)
    answering.acknowledge(there.path, newest(there, DISK).number, OPERATOR)
    come(there, subject="arn:alarm:third", severity=Severity.WARNING)
    found = desk(there, READER).alarms
    assert found is not None
    assert [one.trouble.severity for one in found.worst] == ["critical", "warning", "info"]
    assert found.counts == {Severity.CRITICAL: 1, Severity.WARNING: 1, Severity.INFO: 1}


# -- the bill ------------------------------------------------------------------------------------------


def test_the_bill_is_told_out_of_the_book_and_aws_is_asked_for_nothing(there: House) -> None:
    """The house's AWS answers nobody, and every paid request is a row before it is made."""
    today = there.time().date()
    for back in range(60):
        known(there, today - timedelta(days=back))
    there.path.costs.set_budget(Budget("", Decimal(100), "USD"), OPERATOR)
    spent = desk(there, READER).spent
    assert spent is not None
    assert str(spent.said).startswith("2026-11-01..2026-11-20: $40.00, ")
    assert str(spent.said).endswith("– provisional")
    assert [str(one) for one in spent.budgets] == ["Budget (all of it): 40 % of $100.00 used"]
    assert spent.asked == there.time()
    assert there.path.costs.requests(there.time() - timedelta(days=1)) == []


def test_before_anything_is_known_of_a_month_the_last_one_is_told(there: House) -> None:
    for day in (30, 31):
        known(there, date(2026, 10, day))
    spent = desk(there, READER).spent
    assert spent is not None
    assert str(spent.said).startswith("Nothing is known of this month yet. 2026-10: $4.00")


def test_what_aws_has_corrected_is_told_the_next_time(there: House) -> None:
    desks = Desks(there.path, lambda: URL)
    known(there, date(2026, 11, 20))
    assert "$2.00" in str(told(desks))
    there.time.pass_(hours=1)
    known(there, date(2026, 11, 20), "3")
    assert "$3.00" in str(told(desks))


def told(desks: Desks) -> object:
    spent = desks.of(READER).spent
    return spent and spent.said


def known(there: House, day: date, amount: str = "2") -> None:
    """What this day cost, as AWS said it a moment ago."""
    rows = [Row("123456789012", "Amazon EC2", Decimal(amount))]
    kept = partial(costs.put_day, cut=BY_SERVICE, payer="dev", day=day, rows=rows, asked=there.time())
    there.path.db.write(partial(kept, final=False, currency="USD"))


def test_where_nothing_is_known_of_the_bill_nothing_is_said_of_it(there: House) -> None:
    spent = desk(there, READER).spent
    assert spent is not None
    assert spent.said is None


# -- who may ask what ----------------------------------------------------------------------------------


def test_what_somebody_may_not_ask_about_does_not_lie_on_their_desk(tmp_path: Path) -> None:
    with opened(tmp_path, policy=DEFAULT.read_text(encoding="utf-8") + BLIND) as there:
        mine = put(there, State.RUNNING, READER, started=there.time())
        come(there)
        blind, sees = desk(there, READER), desk(there, OTHER)
        assert numbers(blind.mine) == [mine]
        hidden = ("running", "schedules", "alarms", "spent", "changed")
        assert [getattr(blind, name) for name in hidden] == [None] * 5
        assert None not in [getattr(sees, name) for name in hidden]
        assert (blind.hours, blind.held) == ((), ())


def test_only_who_may_acknowledge_gets_the_button(there: House) -> None:
    there.path = replace(there.path, people=Directory({**GROUPS, "operators": (OPERATOR,)}))
    come(there)
    assert [one.may_acknowledge for one in desk(there, OTHER).called] == [False]
