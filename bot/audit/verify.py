"""Verifying: every seal is computed anew from what is stored, and compared with itself and the anchors.

Each row is checked against the stored hash before it, so one change is one break, not a break of
everything after it.  Neighbouring breaks of one kind are one break.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select
from sqlalchemy.exc import DBAPIError

from bot.audit.anchor import Anchor
from bot.audit.chain import GENESIS, Seal, digest, stored_columns
from bot.audit.verdict import Break, Kind, Verdict
from bot.store.schema import audit, seals

CHUNK = 1_000


def verify(tx: Connection, key: bytes, anchors: Iterable[Anchor] = (), since: Seal | None = None) -> Verdict:
    """Verify the whole log, or what came after `since`, the seal an earlier verification ended with.

    Reads only.  A row that was changed before `since` is found by the next whole verification.
    """
    known = [anchor for anchor in anchors if since is None or anchor.number > since.number]
    if since:
        known.insert(0, Anchor(since.number, since.hash, ""))  # held in memory, so nobody could change it
    walk = _Walk(key, {anchor.number for anchor in known}, since)
    breaks = [*_joined(walk.seals(tx)), *_joined(walk.inserted(tx)), *_cut(known, walk.hashes)]
    rows = tx.execute(select(func.count()).select_from(audit)).scalar_one()
    return Verdict(rows, walk.sealed, tuple(breaks), walk.last)


class _Walk:
    """One pass along the chain."""

    def __init__(self, key: bytes, wanted: set[int], since: Seal | None) -> None:
        self._digest = digest(key)
        self._wanted = wanted
        self._since = since
        self.hashes: dict[int, str] = {}  # of the seals that an anchor speaks of
        self.sealed = since.number - 1 if since else 0
        self.last: Seal | None = None

    def seals(self, tx: Connection) -> Iterator[Break]:
        """Walk the seals in their order and yield what is wrong with them or their rows."""
        expected, previous, row = (self._since.number, "", 0) if self._since else (1, GENESIS, 0)
        for found in _read(tx, self._query(tx), lambda: self.sealed + 1):
            if isinstance(found, Break):
                yield found
                continue
            number, row, hash_ = found[0], found[1], found[2]
            if number > expected:
                yield Break(Kind.MISSING, expected, number - 1, 0, "")
            if number in self._wanted:
                self.hashes[number] = hash_
            if found[3] is None:
                yield Break(Kind.DELETED, number, number, _id(row), str(hash_))
            elif previous and (made := self._digest(previous, found[3:])) != hash_:
                yield Break(Kind.CHANGED, number, number, _id(row), f"{made} {hash_}")
            expected, previous = number + 1, str(hash_)
            self.sealed += 1
        self.last = None if previous in ("", GENESIS) else Seal(expected - 1, _id(row), previous)

    def inserted(self, tx: Connection) -> Iterator[Break]:
        """Rows among the sealed ones that have no seal."""
        newest = select(func.coalesce(func.max(seals.c.audit), 0)).scalar_subquery()
        query = (
            select(*stored_columns(tx))
            .where(audit.c.id <= newest, audit.c.id > (self._since.row if self._since else -1))
            .where(~exists().where(seals.c.audit == audit.c.id))
            .order_by(audit.c.id)
        )
        for found in _read(tx, query, lambda: 0):
            if isinstance(found, Break):
                yield found
            else:
                yield Break(Kind.INSERTED, found[0], found[0], found[0], self._digest(GENESIS, found))

    def _query(self, tx: Connection) -> Select[Any]:
        columns = (seals.c.number, seals.c.audit, seals.c.hash, *stored_columns(tx))
        query = select(*columns).outerjoin_from(seals, audit, seals.c.audit == audit.c.id)
        if self._since:
            query = query.where(seals.c.number >= self._since.number)
        return query.order_by(seals.c.number).execution_options(yield_per=CHUNK)


def _read(tx: Connection, query: Select[Any], at: Callable[[], int]) -> Iterator[Sequence[Any] | Break]:
    """The rows of a query; what the database cannot read, such as text that is not UTF-8, is a break."""
    try:
        yield from tx.execute(query)
    except DBAPIError as error:
        yield Break(Kind.UNREADABLE, at(), at(), 0, str(error.orig))


def _joined(breaks: Iterable[Break]) -> Iterator[Break]:
    """Neighbours of one kind as one break."""
    held: Break | None = None
    for each in breaks:
        if held and held.kind == each.kind and each.first == held.last + 1:
            held = Break(held.kind, held.first, each.last, held.row, _both(held.proof, each.proof))
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


def _cut(anchors: Iterable[Anchor], hashes: dict[int, str]) -> Iterator[Break]:
    """Anchors that do not fit, one break for those written one after the other."""
    held: Break | None = None
    for anchor in anchors:
        if hashes.get(anchor.number) != anchor.hash:
            last = held or Break(Kind.CUT, anchor.number, anchor.number, 0, "")
            first, until = min(last.first, anchor.number), max(last.last, anchor.number)
            held = Break(Kind.CUT, first, until, 0, _both(last.proof, anchor.hash))
        elif held:
            yield held
            held = None
    if held:
        yield held


def _both(first: str, second: str) -> str:
    return hashlib.sha256(f"{first} {second}".encode()).hexdigest()


def _id(row: object) -> int:
    return row if isinstance(row, int) else 0
