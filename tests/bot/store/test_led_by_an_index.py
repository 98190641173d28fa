"""No statement looks through a table that grows with the years: an index leads to its rows.

As SQLite says itself ("EXPLAIN QUERY PLAN"); `make bench ONLY=replicas` measures it, on PostgreSQL too.
"""

import importlib
import pkgutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CompoundSelect, Connection, Delete, Select, Update, event
from sqlalchemy.dialects import sqlite

import bot.store
from bot.audit import search
from bot.audit.search import Query
from bot.operation import State
from bot.store import (
    again,
    audit,
    changes,
    delivery,
    desk,
    events,
    open_troubles,
    operations,
    reviews,
    schedules,
    troubles,
    vitals,
    waits,
)
from bot.store.database import Database
from bot.store.delivery import Waits
from bot.trouble import State as TroubleState
from tests.bot.store.rows import NOW, opened
from tests.new_database import put_new_database

Statement = Select[Any] | CompoundSelect[Any] | Update | Delete
GROWS = ("audit", "asks", "operations", "steps", "step_needs", "tellings", "batches", "approvals")
ALSO = (
    "deliveries",
    "outbox",
    "card",
    "seals",
    "troubles",
    "events",
    "drill_samples",
    "drill_marks",
    "costs",
)
FOR_A_FEW = ("ix_steps_ready", "ix_steps_in_flight", "ix_steps_held", "ix_operations_emergency")
"""Indexes of rows that are few at any time: to go through one of them is to look at what is open."""
POSTGRESQL = frozenset({"bot.store.errands"})
"""What only it runs."""


def statements() -> Iterator[tuple[str, Statement]]:
    """Every statement of the store that stands in a module, by its name."""
    for found in pkgutil.iter_modules(bot.store.__path__, "bot.store."):
        if found.ispkg or found.name in POSTGRESQL:
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            if isinstance(value, Select | CompoundSelect | Update | Delete):
                yield f"{found.name}.{name}", value


EVERY = dict(statements())
TOLD: dict[str, Any] = {
    "person": "U0SATO",
    "resource": "i-1",
    "operation": 1,
    "outcome": "done",
    "since": NOW,
}
ASKED = tuple(
    Query(**{name: TOLD[name] for name in names})
    for count in range(len(TOLD) + 1)
    for names in combinations(TOLD, count)
)
"""All that `/toban audit` can be told together."""
ROUNDS: tuple[Callable[[Connection], object], ...] = (
    lambda tx: desk.of(tx, "U0SATO", 10, "failover.gate"),
    desk.stamp,
    lambda tx: desk.ended_since(tx, 0),
    lambda tx: again.line_at(tx, "C0OPS", "1.2"),
    lambda tx: open_troubles.worst(tx, 5),
    open_troubles.counts,
    lambda tx: open_troubles.calling(tx, NOW),
    lambda tx: operations.is_due(tx, NOW),
    lambda tx: operations.briefs(tx, {State.WAITING, State.RUNNING}, 1_000),
    lambda tx: vitals.vitals(tx, NOW),
    lambda tx: delivery.due(tx, NOW, 20, Waits()),
    lambda tx: delivery.due_mails(tx, NOW, 20),
    lambda tx: delivery.upcoming(tx, NOW),
    lambda tx: waits.due(tx, NOW),
    waits.next_look,
    changes.held,
    reviews.unreviewed,
    lambda tx: schedules.last_run(tx, "nightly"),
    schedules.last_runs,
    lambda tx: troubles.to_call(tx, NOW),
    lambda tx: troubles.to_look(tx, NOW),
    lambda tx: troubles.telling(tx, NOW),
    lambda tx: troubles.find(tx, (TroubleState.OPEN, TroubleState.ACKNOWLEDGED), 100),
    lambda tx: events.newest(tx, 50),
    lambda tx: audit.count(tx, 1, audit.Event.STUMBLED),
    *(lambda tx, query=query: search.search(tx, query) for query in ASKED),
)
"""What is read again and again, by an idle bot, by a home tab, by whoever asks for its health."""


@pytest.mark.sqlite
def test_no_statement_looks_through_what_grows(tmp_path: Path) -> None:
    put_new_database(tmp_path)
    with closing(sqlite3.connect(tmp_path / "toban.db")) as file:
        found = {name: scans(file, each) for name, each in EVERY.items()}
    assert len(found) > 80
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.sqlite
def test_nothing_that_is_read_again_and_again_looks_through_what_grows(tmp_path: Path) -> None:
    put_new_database(tmp_path)
    db = Database(f"sqlite:///{tmp_path}/toban.db")
    for number in range(8):
        opened(db, f"trigger-{number}", list(State)[number])
    ran = set(heard(db))
    db.close()
    with closing(sqlite3.connect(tmp_path / "toban.db")) as file:
        found = {
            said: [step for step in plan(file, said, count) if goes_through(step)] for said, count in ran
        }
    assert len(found) > 60
    assert {said: steps for said, steps in found.items() if steps} == {}


def heard(db: Database) -> Iterator[tuple[str, int]]:
    """Every statement that these rounds run, with the number of its values."""
    ran: list[tuple[str, int]] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def _ran(_tx: object, _cursor: object, statement: str, values: tuple[object, ...], *_: object) -> None:
        if statement != "BEGIN":
            ran.append((statement, len(values)))

    for look in ROUNDS:
        db.read(look)
    return (each for each in ran if not is_the_newest_few(each[0]))


def is_the_newest_few(statement: str) -> bool:
    """Whether it asks for so many rows from one end, whatever they are: it goes through no others."""
    return "LIMIT" in statement and "WHERE" not in statement


def scans(file: sqlite3.Connection, statement: Statement) -> list[str]:
    """What SQLite says of a table that it would go through."""
    return [said for said in explained(file, statement) if goes_through(said)]


def explained(file: sqlite3.Connection, statement: Statement) -> list[str]:
    """SQLite's plan; whatever the values are, it is the same."""
    compiled = statement.compile(dialect=sqlite.dialect())
    several = {name: [1, 2] for name, bind in compiled.binds.items() if bind.expanding}
    whole = compiled.construct_expanded_state(
        several | {n: v for n, v in compiled.params.items() if n not in several}
    )
    return plan(file, whole.statement, len(whole.positional_parameters or ()))


def plan(file: sqlite3.Connection, statement: str, values: int) -> list[str]:
    """The steps in which SQLite would run it."""
    return [step for *_, step in file.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * values)]


def goes_through(said: str) -> bool:
    """Whether a step of the plan is to go through one of the tables, not only through a few of its rows."""
    words = said.split()
    return words[0] == "SCAN" and words[1] in {*GROWS, *ALSO} and not set(words) & set(FOR_A_FEW)
