"""PostgreSQL: one database, any number of processes; loaded only where the settings name it.

Writers take turns, also those of other processes: each transaction that writes first takes one lock of
the whole database, as SQLite's have theirs.  So whatever is read in it stays true until it is committed,
rows are numbered in the order of their commits, and nothing is ever done twice over by a retry.
The reasons, and what it costs: docs/decisions/postgresql.md.
"""

from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql import dml as ours
from sqlalchemy.dialects.sqlite import dml as written
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.compiler import compiles

from bot.store.closed_door import DatabaseAway, DatabaseNewer
from bot.store.schema import HEAD

NAME = f"toban {HEAD}"
"""What a connection says of who it belongs to: a toban, and which database it knows."""
WRITES = 0x746F62616E77  # the lock's number: any that nothing else in this database uses
BEGIN = f"SELECT pg_advisory_xact_lock({WRITES})"
READS: dict[str, Any] = {
    "isolation_level": "REPEATABLE READ",  # a snapshot, as SQLite gives one
    "connect_args": {"connect_timeout": 5, "application_name": "toban, looking"},
}
OPTIONS: dict[str, Any] = {
    **READS,
    "connect_args": {"connect_timeout": 5, "application_name": NAME},
    "pool_size": 5,
    "max_overflow": 35,  # as many as Slack's listeners and our workers together
    "pool_timeout": 10,
}
WRITING: dict[str, Any] = {"isolation_level": "READ COMMITTED"}
"""Each statement sees what was committed before the lock was ours; a snapshot would be older than it."""

SESSION = (
    # who stops in the middle of a write, such as a paused process, loses it, and with it the lock
    "SET idle_in_transaction_session_timeout = '5s'",
    "SET lock_timeout = '15s'",
    "SET tcp_user_timeout = '10s'",
)


def hold(url: URL) -> Callable[[], None]:  # noqa: ARG001 - as SQLite's
    """Nothing: other processes are welcome."""
    return lambda: None


def prepare(engine: Engine) -> None:
    """Set up every connection, and every transaction.  Raises DatabaseAway when there can be none."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: object) -> None:
        connection.autocommit = True
        for setting in SESSION:
            connection.execute(setting)
        _look_at_age(connection)
        connection.autocommit = False

    @event.listens_for(engine, "begin")
    def _begin(tx: Connection) -> None:
        if tx.get_execution_options().get("toban_writes"):
            tx.exec_driver_sql(BEGIN)

    open_(engine).close()


class TooOld(psycopg.OperationalError):
    """The database is one that this code cannot work on any more; to who waits, it cannot be stored."""

    def __init__(self, why: DatabaseNewer) -> None:
        super().__init__(str(why))
        self.why = why


def _look_at_age(connection: Any) -> None:
    """Whoever was away during an upgrade, or is started too late.  Raises TooOld."""
    try:
        stands, oldest = connection.execute(_AGE).fetchone() or ("", None)
    except psycopg.errors.UndefinedTable:  # an empty database
        return
    if (oldest or "") > HEAD:
        raise TooOld(DatabaseNewer(stands, HEAD))


_AGE = "select version_num, to_jsonb(alembic_version) ->> 'oldest' from alembic_version"


def open_(engine: Engine) -> Connection:
    """A connection.  Raises DatabaseAway or DatabaseNewer."""
    url = engine.url
    try:
        return engine.connect()
    except OperationalError as error:
        if isinstance(error.orig, TooOld):
            raise error.orig.why from error
        said = str(error.orig).strip().splitlines()[0]
        raise DatabaseAway(
            f"the database “{url.database}” at {url.host or 'this machine'} cannot be reached: {said}. See"
            " whether the server runs and can be reached from here, and whether TOBAN_DATABASE_URL has the"
            " right name, user and password."
        ) from error


@compiles(written.OnConflictDoNothing, "postgresql")
def _nothing(clause: Any, compiler: Any, **kw: Any) -> str:
    """The clause as PostgreSQL's own: statements are built once, for either database."""
    return str(
        compiler.process(ours.OnConflictDoNothing(index_elements=clause.inferred_target_elements), **kw)
    )


@compiles(written.OnConflictDoUpdate, "postgresql")
def _update(clause: Any, compiler: Any, **kw: Any) -> str:
    values = dict(clause.update_values_to_set)
    made = ours.OnConflictDoUpdate(index_elements=clause.inferred_target_elements, set_=values)
    return str(compiler.process(made, **kw))
