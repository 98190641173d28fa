"""What the probes of a drill were answered: a row for every second or so, packed.

A row holds the samples as lists: probe, microseconds after the row's first, milliseconds that it took, the
error, the value.  Ten questions a second to five targets are one row a second, not fifty.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from bot.probe import Sample
from bot.store.drill_schema import drill_samples

_MICRO = timedelta(microseconds=1)


def of(tx: Connection, number: int, since: datetime | None = None) -> tuple[Sample, ...]:
    """The samples of a drill in the order in which they were asked; those since then, where it is given."""
    query = _ALL if since is None else _SINCE
    rows = tx.execute(query, {"of": number} | ({"since": since} if since else {}))
    found = [sample for row in rows for sample in _unpacked(row.at, row.body)]
    kept = found if since is None else [one for one in found if one.at >= since]
    return tuple(sorted(kept, key=lambda one: one.at))


def add(tx: Connection, number: int, samples: Sequence[Sample]) -> None:
    """Keep these, of which there is at least one."""
    first, last = min(one.at for one in samples), max(one.at for one in samples)
    tx.execute(_NEW, {"operation": number, "at": first, "until": last, "body": _packed(first, samples)})


def _packed(first: datetime, samples: Sequence[Sample]) -> list[list[Any]]:
    return [
        [one.probe, (one.at - first) // _MICRO, round(one.took * 1000, 1), one.error, one.value]
        for one in samples
    ]


def _unpacked(first: datetime, body: list[list[Any]]) -> list[Sample]:
    return [
        Sample(probe, first + micro * _MICRO, took / 1000, error, value)
        for probe, micro, took, error, value in body
    ]


_NEW = insert(drill_samples)
_OF = drill_samples.c.operation == bindparam("of")
_ALL = select(drill_samples).where(_OF).order_by(drill_samples.c.id)
_SINCE = _ALL.where(drill_samples.c.until >= bindparam("since", type_=drill_samples.c.until.type))
