"""Bringing a server's database up to date while other replicas work on it, older ones among them.

Each migration is a transaction of its own, so that others get their turns between.  A change of a table waits
for it for a moment only: behind one that waits, all who only read it would stand, too.  An index on a table
that grows is made beforehand, beside the writes of all.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from alembic.script import Script
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.store.closed_door import DatabaseBusy, OlderAtWork
from bot.store.database import Database
from bot.store.migrate import version
from bot.store.upgrade import FIRST, chain, run

log = logging.getLogger("toban.store")
MIGRATES = 0x746F62616E6D  # the number of the lock of whoever migrates
MOMENT = "400ms"  # that a change of a table waits for it; less than PostgreSQL's deadlock_timeout
AGAIN_AFTER = 1.0  # seconds, in which all others get their turns
PATIENCE = 60.0  # seconds, for tables that somebody holds
TURN = 600.0  # seconds, for another replica that migrates
IN_THE_WAY = ("55P03", "40P01")  # lock_not_available, deadlock_detected ("PostgreSQL Error Codes")


def upgrade(db: Database, migrations: Path) -> None:
    """Run what is missing.  Raises DatabaseBusy or OlderAtWork."""
    with _alone(db) as alone:
        for script in chain(migrations):
            if script.revision > db.read(version):
                for index in getattr(script.module, "indexes", ()):
                    _patiently(alone, partial(index.make_beside, alone))
                _patiently(alone, partial(db.write, partial(_run, migrations, script)))


def _run(migrations: Path, script: Script, tx: Connection) -> None:
    tx.exec_driver_sql(f"set local lock_timeout = '{MOMENT}'")
    if oldest := getattr(script.module, "oldest", ""):
        _nobody_older(tx, oldest)
    run(tx, migrations, script.revision)


def _nobody_older(tx: Connection, oldest: str) -> None:
    """Raises OlderAtWork.  Who connects from now on waits for this lock, and then finds itself too old."""
    tx.exec_driver_sql("lock table alembic_version in access exclusive mode")
    found = {str(name).partition(" ")[2] or FIRST for name in tx.execute(_TOBANS).scalars()}
    if older := sorted(one for one in found if one < oldest):
        raise OlderAtWork(older, oldest)


@contextmanager
def _alone(db: Database) -> Iterator[Connection]:
    """The one replica that migrates, on a connection of its own; the others wait for their turn.

    They ask again and again: one that stood in the lock's queue would be a transaction that an index which is
    made beside others waits for.
    """
    with db.engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.detach()  # closed afterwards, and with it the lock is free
        until = time.monotonic() + TURN
        while not alone.exec_driver_sql(f"select pg_try_advisory_lock({MIGRATES})").scalar():
            if time.monotonic() > until:
                raise DatabaseBusy("another toban has been bringing it up to date for ten minutes")
            time.sleep(AGAIN_AFTER)
        yield alone


def _patiently(alone: Connection, change: Callable[[], None]) -> None:
    """Try until nobody is in the way any more.  Raises DatabaseBusy."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return change()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") not in IN_THE_WAY:
                raise
            who = _longest(alone)
            if time.monotonic() > until:
                raise DatabaseBusy(who) from error
        log.info("waits to bring the database up to date: %s", who, extra={"action": "store.busy"})
        time.sleep(AGAIN_AFTER)


def _longest(alone: Connection) -> str:
    found = alone.execute(_LONGEST).all()
    each = [f"“{name}” (process {pid}) has been in it for {seconds} s" for name, pid, seconds in found]
    return each[0] if each else "somebody was in it"


_TOBANS = text(
    "select distinct application_name from pg_stat_activity"
    " where datname = current_database() and application_name ~ '^toban( [0-9]+)?$'"
)
_LONGEST = text(
    "select coalesce(nullif(application_name, ''), usename) as name, pid,"
    " round(extract(epoch from clock_timestamp() - xact_start)) as seconds"
    " from pg_stat_activity where datname = current_database() and xact_start is not null"
    " and pid <> pg_backend_pid() order by xact_start limit 1"
)
