"""The log is searched newest first, whatever is asked together, and led by an index."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from bot.audit.search import Query, Row, search, statement, stream
from bot.store.audit import Event, line, write
from bot.store.schema import audit
from tests.bot.audit.log import START, Log

TOKYO = timezone(timedelta(hours=9))


@pytest.fixture
def full(log: Log) -> Log:
    log.append(200)
    log.do(lambda tx: write(tx, line(Event.ASKED, START + timedelta(hours=1), person="U7")))
    return log


def found(log: Log, query: Query) -> list[int]:
    return [row.id for row in log.do(lambda tx: search(tx, query))]


def test_the_newest_come_first_and_at_most_as_many_as_asked_for(full: Log) -> None:
    assert found(full, Query(limit=3)) == [201, 200, 199]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (Query(resource="i-42"), [142, 42]),
        (Query(person="U2", resource="i-42"), [142, 42]),
        (Query(person="U3", resource="i-42"), []),
        (Query(operation=7), [7]),
        (Query(event=Event.ASKED), [201]),
        (Query(resource="i-42", outcome="failed"), [42]),
        (Query(since=START + timedelta(seconds=199)), [201, 200, 199]),
        (Query(until=START + timedelta(seconds=3)), [2, 1]),
        (Query(until=(START + timedelta(seconds=3)).astimezone(TOKYO)), [2, 1]),
    ],
)
def test_rows_are_found_by_what_is_asked(full: Log, query: Query, ids: list[int]) -> None:
    assert found(full, query) == ids


def test_a_row_reads_as_it_was_written_with_its_time_in_utc(log: Log) -> None:
    log.append(1)
    (row,) = log.do(lambda tx: search(tx, Query()))
    assert row == Row(
        id=1,
        at=datetime(2026, 11, 1, 1, 0, 1, tzinfo=UTC),
        event="step.ended",
        person="U1",
        door="slash",
        operation=1,
        batch=None,
        line="ec2 stop tag:env=dev",
        plan_hash="",
        action="ec2.stop",
        account="main",
        region="ap-northeast-1",
        resource="i-1",
        outcome="done",
        request_id="r-1",
        detail="停止しました",
    )


def test_everything_is_streamed_oldest_first_whatever_the_limit(full: Log) -> None:
    ids = full.do(lambda tx: [row.id for row in stream(tx, Query(limit=5))])
    assert ids == list(range(1, 202))


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (Query(resource="i-1"), "ix_audit_resource_id"),
        (Query(resource="i-1", person="U1", outcome="done"), "ix_audit_resource_id"),
        (Query(operation=1, resource="i-1", person="U1"), "ix_audit_operation"),
        (Query(person="U1"), "ix_audit_person_at"),
        (Query(outcome="failed"), "ix_audit_outcome_at"),
        (Query(person="U1", outcome="failed"), "ix_audit_person_outcome_at"),
    ],
)
@pytest.mark.sqlite
def test_a_search_goes_by_the_index_of_what_has_fewest_lines(full: Log, query: Query, index: str) -> None:
    compiled = statement(query).compile(full.engine)
    values = tuple(compiled.params.values())
    plan = full.do(lambda tx: tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values).all())
    assert any(index in step[3] for step in plan)


def test_what_is_newest_by_its_time_comes_first_though_it_was_written_before(full: Log) -> None:
    """Clocks of several machines differ a little."""
    late = full.do(lambda tx: tx.execute(select(func.max(audit.c.at))).scalar_one())
    full.do(lambda tx: write(tx, line(Event.ASKED, late - timedelta(seconds=1), person="U-BEHIND")))
    assert found(full, Query(limit=3))[0] == 201
    assert found(full, Query(person="U-BEHIND")) == [202]
