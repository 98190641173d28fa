"""The sealer: chains rows within seconds, but never in the transactions that wrote them.

Writers take turns (`bot.store.database`), so rows are committed in the order of their ids.
"""

from sqlalchemy import Connection, func, insert, select

from bot.audit.chain import GENESIS, Seal, digest, last_seal, stored_columns
from bot.store.schema import audit, seals

MOST = 2_000
"""Rows sealed in one transaction, so that it stays short."""


def seal(tx: Connection, key: bytes) -> int:
    """Seal at most `MOST` rows in the order of their ids and return how many; call again until fewer."""
    newest = last_seal(tx)
    previous, number = (newest.hash, newest.number) if newest else (GENESIS, 0)
    hashed = digest(key)
    made = []
    for row in _unsealed(tx):
        previous, number = hashed(previous, row), number + 1
        made.append({"number": number, "audit": row[0], "hash": previous})
    if made:
        tx.execute(insert(seals), made)
    return len(made)


def seal_all(tx: Connection, key: bytes) -> Seal | None:
    """Seal everything in this one transaction, for tests and imports; the newest seal, if any."""
    while seal(tx, key) == MOST:
        pass
    return last_seal(tx)


def _unsealed(tx: Connection) -> list[tuple[object, ...]]:
    newest = tx.execute(select(func.coalesce(func.max(seals.c.audit), 0))).scalar_one()
    query = select(*stored_columns(tx)).where(audit.c.id > newest)
    return [tuple(row) for row in tx.execute(query.order_by(audit.c.id).limit(MOST))]
