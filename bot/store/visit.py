"""Looking at a database beside a bot that works on it."""

from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.engine import make_url

from bot.store import sqlite


def visit(url: str) -> Connection:
    """A connection that only reads.  Raises FileNotFoundError or DatabaseAway."""
    where = make_url(url)
    if where.get_backend_name() == "sqlite":
        file = sqlite.file_of(where)
        if not file.exists():
            raise FileNotFoundError(f"there is no database at {file} yet: run toban first")
        return create_engine(where, hide_parameters=True, poolclass=NullPool).connect()
    from bot.store import postgresql  # noqa: PLC0415 - its driver, that others do without

    return postgresql.open_(
        create_engine(where, hide_parameters=True, poolclass=NullPool, **postgresql.READS)
    )


def beside(url: str, suffix: str = ".db") -> Path:
    """What lies beside a database's file; for one on a server, in the folder where toban is started."""
    where = make_url(url)
    if where.get_backend_name() != "sqlite":
        return Path("var", f"{where.database}{suffix}")
    file = sqlite.file_of(where)
    return file if suffix == ".db" else file.with_suffix(suffix)
