"""How fast the audit log is searched and verified when it is long."""

import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.audit.seal import seal_all
from bot.audit.search import Query, search
from bot.audit.verify import verify
from bot.store import migrate
from bot.store.audit import Event, line, write
from bot.store.database import Database
from tests.bench.figure import AT_LEAST, Figure
from tests.bench.spread import median

ROWS = 100_000
RESOURCES = 1_000
AT_ONCE = 5_000
KEY = b"k" * 32
START = datetime(2026, 11, 1, tzinfo=UTC)
MOST_MS, LEAST_A_SECOND = 50, 20_000


def measure() -> Sequence[Figure]:
    """A log as a year leaves it, in a file as the bot keeps it."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder)}/toban.db")
        try:
            migrate.up_to_date(db)
            _fill(db)
            return [_searched(db), _verified(db)]
        finally:
            db.close()


def _fill(db: Database) -> None:
    for first in range(0, ROWS, AT_ONCE):
        lines = [_line(number) for number in range(first, first + AT_ONCE)]
        db.write(lambda tx, lines=lines: write(tx, *lines))  # type: ignore[misc]  # a default is not inferred
    db.write(lambda tx: seal_all(tx, KEY))


def _line(number: int) -> dict[str, object]:
    return line(
        Event.STEP_ENDED,
        START + timedelta(seconds=number),
        person=f"U{number % 50:06}",
        door="slash",
        operation=number // 20,
        plan_hash="0" * 64,
        action="ec2.stop",
        account="dev",
        region="ap-northeast-1",
        resource=f"i-{number % RESOURCES:017x}",
        outcome="done",
        detail="it is stopped",
    )


def _searched(db: Database) -> Figure:
    spent = []
    for number in range(0, RESOURCES, 20):
        begin = time.perf_counter()
        found = db.read(lambda tx, number=number: search(tx, Query(resource=f"i-{number:017x}")))  # type: ignore[misc]  # a default is not inferred
        spent.append((time.perf_counter() - begin) * 1000)
        assert len(found) == 50
    return Figure(f"audit: {ROWS:,} rows searched by resource", median(spent), MOST_MS, "ms")


def _verified(db: Database) -> Figure:
    begin = time.perf_counter()
    verdict = db.read(lambda tx: verify(tx, KEY))
    spent = time.perf_counter() - begin
    assert verdict.rows == ROWS
    assert not verdict.breaks
    return Figure("audit: verified", ROWS / spent, LEAST_A_SECOND, "rows/s", sign=AT_LEAST)
