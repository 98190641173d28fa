from sqlalchemy import select

from bot.operation import State as Stands
from bot.operation import StepState
from bot.store.outbox import Mail
from bot.store.schema import outbox
from bot.trouble import Phase, State
from bot.words import from_json
from tests.commands.alarm.alarms import WEB, come, lines, now
from tests.commands.desk import Desk
from tests.house import OPERATOR, OTHER, READER


def test_who_acknowledges_looks_at_it(desk: Desk) -> None:
    come(desk)
    (row,) = desk.carry_out("/alarm acknowledge A1")
    assert row.state is StepState.DONE
    assert (now(desk, 1).state, now(desk, 1).acknowledged_by) == (State.ACKNOWLEDGED, OPERATOR)


def test_a_reason_is_told_in_the_thread_of_the_alarm(desk: Desk) -> None:
    come(desk)
    desk.carry_out('/alarm acknowledge A1 --reason "our own scanner, no abuse"')
    (said,) = calls(desk)
    assert said == f"{OPERATOR} looks at it: our own scanner, no abuse"


def test_without_a_reason_the_thread_is_left_in_peace(desk: Desk) -> None:
    come(desk)
    desk.carry_out("/alarm acknowledge A1")
    assert calls(desk) == []


def test_what_somebody_looks_at_already_needs_no_step(desk: Desk) -> None:
    come(desk)
    desk.carry_out("/alarm acknowledge A1")
    plan = desk.plan("/alarm acknowledge A1", OTHER)
    assert (str(plan.summary), plan.steps) == (f"{OPERATOR} looks at #A1 already.", ())


def test_what_is_over_needs_nobody(desk: Desk) -> None:
    come(desk)
    desk.house.time.pass_(minutes=1)
    come(desk, WEB, Phase.ENDS)
    assert lines(desk, "/alarm acknowledge A1") == ["#A1 is over."]


def test_whom_the_policy_refuses_is_refused_in_words(desk: Desk) -> None:
    come(desk)
    received = desk.house.ask("/alarm acknowledge A1", READER)
    desk.house.work()
    assert now(desk, 1).state is State.OPEN
    assert "alarm.acknowledge" in str(received) or desk.house.operation(1).state is Stands.REFUSED


def calls(desk: Desk) -> list[str]:
    """What is said in the threads of alarms."""
    wanted = select(outbox.c.body).where(outbox.c.kind == Mail.CALL)
    bodies = desk.house.path.db.read(lambda tx: tx.execute(wanted).scalars().all())
    return [str(from_json(body)) for body in bodies]
