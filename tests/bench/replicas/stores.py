"""Both kinds of database, made and filled for a measure, and gone after it."""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import Table

from bot.store import migrate
from bot.store.database import Database
from tests.bench.replicas.long import Long, Row
from tests.new_database import migrated
from tests.postgres import programs, server


@contextmanager
def filled(kind: str, long: Long) -> Iterator[str]:
    """A database of this kind, "sqlite" or "postgresql", with all of it; yields its url."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            file = Path(folder) / "toban.db"
            file.write_bytes(migrated())
            _fill_file(file, long)
            yield f"sqlite:///{file}"
        else:
            with _on_server(long) as url:
                yield url


def kinds() -> Sequence[str]:
    """The kinds that this machine has."""
    return ("sqlite", "postgresql") if programs() else ("sqlite",)


def _fill_file(path: Path, long: Long) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=OFF")
        file.execute("PRAGMA synchronous=OFF")
        file.execute("PRAGMA cache_size=-200000")
        file.execute("BEGIN")

        def put(table: Table, columns: Sequence[str], rows: Iterator[Row]) -> None:
            places = ", ".join("?" * len(columns))
            file.executemany(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({places})", rows)

        long.fill(put)
        file.execute("COMMIT")
        file.execute("PRAGMA journal_mode=WAL")


@contextmanager
def _on_server(long: Long) -> Iterator[str]:
    with server() as running:
        url = running.new()
        _migrate(url)
        name = url.partition("@/")[2].partition("?")[0]
        with psycopg.connect(f"host={running.folder} user=toban dbname={name}") as tx:

            def put(table: Table, columns: Sequence[str], rows: Iterator[Row]) -> None:
                with tx.cursor().copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as into:
                    for row in rows:
                        into.write_row(row)

            long.fill(put)
            tx.execute("select setval('asks_id_seq', max(id)) from asks")
        running.run("VACUUM ANALYZE", name)  # as the server does by itself, within a minute
        yield url


def _migrate(url: str) -> None:
    made = Database(url)
    migrate.up_to_date(made)
    made.close()
