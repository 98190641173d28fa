"""Schedules that were added from chat: what those of the config say in a file, these say in rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, insert, select

from bot.schedule import Schedule
from bot.store.schema import chat_schedules as table
from bot.store.schema import schedule_approvals, schedules


def every(tx: Connection) -> Mapping[str, Schedule]:
    """All of them, by name."""
    return {row["name"]: _schedule(row) for row in tx.execute(select(table)).mappings()}


def add(tx: Connection, one: Schedule, operation: int, at: datetime) -> bool:
    """Add one; False, and nothing changes, when there is one of this name."""
    if tx.execute(select(table.c.name).where(table.c.name == one.name)).first() is not None:
        return False
    row = {column: getattr(one, column) for column in _AS_IT_IS}
    row |= {"days": list(one.days), "grace": int(one.grace.total_seconds())}
    tx.execute(insert(table).values(**row, added=at, operation=operation))
    return True


def remove(tx: Connection, name: str) -> None:
    """Forget it, who agreed to it and how it stands: one that is added again is a new one."""
    for each in (table, schedules, schedule_approvals):
        tx.execute(delete(each).where(each.c.name == name))


_AS_IT_IS = ("name", "line", "time", "zone", "channel", "owner", "most_deletions")


def _schedule(row: RowMapping) -> Schedule:
    same = {column: row[column] for column in _AS_IT_IS}
    return Schedule(days=tuple(row["days"]), grace=timedelta(seconds=row["grace"]), **same)
