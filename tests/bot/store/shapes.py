"""What a database asks of whoever writes in it, line by line; of two, what the newer takes from older code.

`python -m tests.bot.store.shapes` writes `shapes.txt` anew: what each migration adds, recorded so that one
which was published is not changed any more.
"""

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Inspector, inspect

from bot.store import migrate, upgrade
from bot.store.database import Database
from tests.bot.store.old_rows import NOT_OURS

RECORDED = Path(__file__).with_name("shapes.txt")
Shape = frozenset["Line"]


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One thing that a table asks for."""

    table: str
    kind: str
    says: str
    columns: tuple[str, ...] = ()
    asks: bool = False  # something of code that never heard of it

    def __str__(self) -> str:
        return f"{self.table}: {self.kind} {self.says}"


def shape(tx: Connection) -> Shape:
    """Of the database as it is."""
    seen = inspect(tx)
    names = [name for name in seen.get_table_names() if not name.startswith(NOT_OURS)]
    found = {line for name in names for line in (*_columns(seen, name), *_rules(seen, name))}
    if tx.dialect.name == "sqlite":
        guards = tx.exec_driver_sql("select tbl_name, name from sqlite_master where type = 'trigger'")
        found |= {Line(table, "guard", name, asks=True) for table, name in guards}
    return frozenset(found)


def indexes(tx: Connection) -> dict[str, Collection[str]]:
    """The names of each table's indexes."""
    seen = inspect(tx)
    names = [name for name in seen.get_table_names() if not name.startswith(NOT_OURS)]
    return {name: [str(index["name"]) for index in seen.get_indexes(name)] for name in names}


def breaks(before: Shape, after: Shape) -> list[str]:
    """What code of before can no longer rely on, a sentence each."""
    tables = {line.table for line in before}
    columns = {(line.table, line.says.split()[0]) for line in before if line.kind == "column"}
    gone = [f"{line} is gone, or another" for line in sorted(before - after)]
    return gone + [
        f"{line} is asked of old code"
        for line in sorted(after - before)
        if line.asks and line.table in tables
        if not line.columns or any((line.table, column) in columns for column in line.columns)
    ]


def _columns(seen: Inspector, table: str) -> Iterator[Line]:
    for each in seen.get_columns(table):
        given = each["default"] is not None or each["nullable"]
        may = "null" if each["nullable"] else "default" if each["default"] is not None else "needed"
        yield Line(table, "column", f"{each['name']} {each['type']} {may}", asks=not given)


def _rules(seen: Inspector, table: str) -> Iterator[Line]:
    key = seen.get_pk_constraint(table)["constrained_columns"]
    yield Line(table, "key", ", ".join(key), tuple(key), asks=True)
    for one in seen.get_unique_constraints(table):
        yield Line(table, "unique", ", ".join(one["column_names"]), tuple(one["column_names"]), asks=True)
    for index in seen.get_indexes(table):
        if index["unique"] and "duplicates_constraint" not in index:
            yield Line(table, "unique", str(index["name"]), tuple(map(str, index["column_names"])), asks=True)
    for link in seen.get_foreign_keys(table):
        says = f"{', '.join(link['constrained_columns'])} of {link['referred_table']}"
        yield Line(table, "refers", says, tuple(link["constrained_columns"]), asks=True)
    for check in seen.get_check_constraints(table):
        yield Line(table, "check", check["sqltext"], asks=True)


def walk(db: Database) -> Iterator[tuple[str, Shape]]:
    """Each revision with its shape, on a database that is empty at first."""
    for script in upgrade.chain(migrate.MIGRATIONS):
        db.write(lambda tx, to=script.revision: upgrade.run(tx, migrate.MIGRATIONS, to))  # type: ignore[misc]
        yield script.revision, db.read(shape)


def recorded() -> Iterator[str]:
    """What each migration adds and takes, as `shapes.txt` has it."""
    with TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/toban.db")) as db:
        before: Shape = frozenset()
        for revision, after in walk(db):
            yield f"# {revision}"
            yield from (f"- {line}" for line in sorted(before - after))
            yield from (f"+ {line}" for line in sorted(after - before))
            before = after


if __name__ == "__main__":
    RECORDED.write_text("\n".join(recorded()) + "\n", encoding="utf-8")
