"""Rows to begin with: an operation, a step, a claim, in whatever state a test needs."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, update

from bot.operation import Ask, Asker, Door, State, StepState
from bot.plan import Resource, Step
from bot.store import operations, steps
from bot.store.database import Database
from bot.store.operations import Claim
from bot.store.schema import operations as operation_table
from bot.store.schema import steps as step_table

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LEASE = timedelta(seconds=30)


def ask(key: str = "trigger-1", line: str = "ec2 list") -> Ask:
    return Ask(key, Door.SLASH, Asker("U0SATO", "T0TOBAN", "C0OPS"), line, NOW)


def opened(db: Database, key: str = "trigger-1", state: State = State.ASKED) -> int:
    """The number of a fresh operation in this state."""

    def change(tx: Connection) -> int:
        number = operations.ask(tx, ask(key))
        tx.execute(update(operation_table).where(operation_table.c.id == number).values(state=state))
        return number

    return db.write(change)


def claimed(db: Database, number: int, owner: str = "one", at: datetime = NOW) -> Claim:
    """The claim of a worker that took this operation."""
    (found,) = [
        one for one in db.write(lambda tx: operations.claim(tx, at, owner, LEASE, 10)) if one.number == number
    ]
    return found


def step(key: str) -> Step:
    target = Resource("dev", "ap-northeast-1", "instance", key)
    return Step(key, "ec2.stop", target, (("state", "running"),), (("state", "stopped"),))


def planned(db: Database, number: int, keys: str, state: StepState = StepState.PLANNED) -> tuple[int, ...]:
    """The ids of steps in this state, one for each letter."""

    def change(tx: Connection) -> tuple[int, ...]:
        steps.add(tx, number, [step(key) for key in keys])
        tx.execute(update(step_table).where(step_table.c.operation == number).values(state=state))
        return tuple(row.id for row in steps.rows(tx, number))

    return db.write(change)
