"""What the database's planner says of a look."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event

from bot.store.database import Database


def planned(db: Database, look: Callable[[Connection], object]) -> str:
    """How SQLite finds what this one look asks for."""
    asked: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        asked.append((given[2], given[3]))

    event.listen(db.engine, "before_cursor_execute", note)
    db.read(look)
    ((statement, values),) = [one for one in asked if one[0].startswith("SELECT")]
    with db.engine.connect() as tx:
        plan = tx.exec_driver_sql(f"explain query plan {statement}", values)
        return " ".join(row.detail for row in plan)
