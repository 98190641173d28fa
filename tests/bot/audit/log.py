"""An audit log in a SQLite file, as the bot keeps it, and hands that tamper with it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text

from bot.audit.append_only import append_only_ddl
from bot.audit.seal import seal_all
from bot.store import postgresql
from bot.store.audit import Event, Line, line, write
from bot.store.schema import metadata
from tests.new_database import url_in

T = TypeVar("T")
KEY = b"k" * 32
START = datetime(2026, 11, 1, 1, tzinfo=UTC)


class Log:
    """The file and the engine on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        url = url_in(path.parent)
        self.engine = engine(url)
        if not url.startswith("sqlite"):
            return  # the migrations made it
        metadata.create_all(self.engine)
        with self.engine.begin() as tx:
            for statement in append_only_ddl():
                tx.exec_driver_sql(statement)

    def do(self, work: Callable[[Connection], T]) -> T:
        """One transaction."""
        with self.engine.begin() as tx:
            return work(tx)

    def append(self, count: int, first: int = 1) -> None:
        self.do(lambda tx: write(tx, *(entry(number) for number in range(first, first + count))))

    def sealed(self, count: int) -> "Log":
        """The log with so many rows more, all sealed."""
        self.append(count)
        self.do(lambda tx: seal_all(tx, KEY))
        return self

    def tamper(self, *statements: str, **values: object) -> None:
        """What somebody does who owns the file: the guards are dropped first."""
        with self.engine.begin() as tx:
            if tx.dialect.name == "postgresql":
                tx.exec_driver_sql("SET LOCAL session_replication_role = replica")
                guards: Sequence[str] = ()
            else:
                query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                guards = tx.exec_driver_sql(query).scalars().all()
            for guard in guards:
                tx.exec_driver_sql(f"DROP TRIGGER {guard}")
            for statement in statements:
                tx.execute(text(statement), values)

    def close(self) -> None:
        self.engine.dispose()


def engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        server = create_engine(url)
        event.listen(server, "begin", lambda tx: tx.exec_driver_sql(postgresql.BEGIN))
        return server
    made = create_engine(url, connect_args={"isolation_level": None, "timeout": 30})
    event.listen(made, "begin", lambda tx: tx.exec_driver_sql("BEGIN IMMEDIATE"))
    return made


def entry(number: int) -> Line:
    return line(
        Event.STEP_ENDED,
        START + timedelta(seconds=number),
        person=f"U{number % 5}",
        door="slash",
        operation=number,
        line="ec2 stop tag:env=dev",
        action="ec2.stop",
        account="main",
        region="ap-northeast-1",
        resource=f"i-{number % 100}",
        outcome="done" if number % 3 else "failed",
        request_id=f"r-{number}",
        detail="停止しました",
    )
