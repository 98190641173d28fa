"""Emergencies, which somebody has to look at afterwards."""

from sqlalchemy import Connection, text, update

from bot.brief import Brief
from bot.store.operations import in_brief
from bot.store.schema import operations


def unreviewed(tx: Connection) -> tuple[Brief, ...]:
    """Emergencies that began and that nobody has looked at since, newest first."""
    return tuple(Brief(*row) for row in tx.execute(_UNREVIEWED))


def review(tx: Connection, number: int, person: str) -> None:
    """Somebody looked at an emergency; the first one counts."""
    tx.execute(
        update(operations)
        .where(operations.c.id == number, operations.c.reviewed_by == "")
        .values(reviewed_by=person)
    )


_UNREVIEWED = (
    in_brief()
    .where(text("emergency != ''"), operations.c.reviewed_by == "", operations.c.started.is_not(None))
    .order_by(operations.c.id.desc())
)
