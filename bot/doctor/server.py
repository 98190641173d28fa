"""The database on a server, looked at beside the bots that work on it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.store import errands, migrate
from bot.store.closed_door import DatabaseAway
from bot.store.schema import operations
from bot.store.visit import visit

PATIENCE = timedelta(minutes=1)


class Unreachable(Exception):
    """It cannot be looked at; the message is why, without any password."""


def waiting(url: str) -> int:
    """How many operations have waited for a minute while no worker lived.  Raises Unreachable."""
    with _looked_at(url) as tx:
        if errands.workers(tx) != 0:
            return 0
        since = datetime.now(UTC) - PATIENCE
        due = select(func.count()).select_from(operations).where(operations.c.wake < since)
        return int(tx.execute(due).scalar_one())


def version(url: str) -> str:
    """The migration that it stands at; "" for none.  Raises Unreachable."""
    with _looked_at(url) as tx:
        return migrate.version(tx)


def oldest(url: str) -> str:
    """The oldest toban that works on it, by the newest migration that it knows.  Raises Unreachable."""
    with _looked_at(url) as tx:
        return migrate.oldest(tx)


@contextmanager
def _looked_at(url: str) -> Iterator[Connection]:
    try:
        with closing(visit(url)) as tx:
            yield tx
    except DatabaseAway as error:
        raise Unreachable(str(error).partition(" See whether")[0].rstrip(".")) from error
    except SQLAlchemyError as error:  # its text has the statement, and may have the address
        raise Unreachable(f"the database cannot be read ({type(error).__name__})") from error
