"""What lies on one person's desk: what waits for them, what they asked for, what goes on around them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from bot.operation import Operation, Report, State
from bot.store import approvals, delivery, operations, outbox
from bot.store import report as reports
from bot.store.schema import asks, audit
from bot.store.schema import outbox as mails

RECENT = 5_000  # operations: a person's own are not looked for further back
CHANGED = frozenset({State.DONE, State.PARTLY, State.FAILED, State.UNKNOWN, State.CANCELLED})
STEPS = 3  # of each plan that waits


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an operation's message is; both are "" while it is not there."""

    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One operation on a desk."""

    report: Report
    card: Spot
    actions: frozenset[str] = frozenset()  # the names of all its steps' actions


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything, newest first."""

    waiting: tuple[Item, ...]  # for this person's decision
    mine: tuple[Item, ...]
    running: tuple[Item, ...]
    changed: tuple[Item, ...]  # operations that began and have ended


def stamp(tx: Connection) -> tuple[int, int]:
    """Something that is another whenever an operation moves, or its message arrives."""
    newest = tx.execute(select(func.max(audit.c.id))).scalar_one() or 0
    unsent = select(func.count()).where(mails.c.next_try.is_not(None), mails.c.ts == "")
    return newest, tx.execute(unsent).scalar_one()


def operation_at(tx: Connection, channel: str, ts: str) -> int | None:
    """The operation that the message at this place is about; None for other messages."""
    query = select(mails.c.operation).where(mails.c.ts == ts, mails.c.channel == channel)
    return tx.execute(query).scalars().first()


def of(tx: Connection, person: str, most: int) -> Desk:
    """The desk of one person, at most so many operations of each kind."""
    under_way = operations.find(tx, {State.QUEUED, State.RUNNING}, limit=most)
    ended = operations.find(tx, CHANGED, limit=4 * most)
    return Desk(
        waiting=_items(tx, _waiting(tx, person)[:most]),
        mine=_items(tx, _asked_by(tx, person, most)),
        running=_items(tx, [one.number for one in under_way]),
        changed=_items(tx, [one.number for one in ended if one.started][:most]),
    )


def _waiting(tx: Connection, person: str) -> list[int]:
    """What this person could decide about and has not."""
    found = operations.find(tx, {State.WAITING})
    return [one.number for one in found if person in one.could_approve and not _has_decided(tx, one, person)]


def _has_decided(tx: Connection, operation: Operation, person: str) -> bool:
    return any(one.person == person for one in approvals.of(tx, operation.number))


def _asked_by(tx: Connection, person: str, most: int) -> list[int]:
    newest = tx.execute(select(func.max(asks.c.id))).scalar_one() or 0
    query = select(asks.c.id).where(asks.c.person == person, asks.c.id > newest - RECENT)
    return list(tx.execute(query.order_by(asks.c.id.desc()).limit(most)).scalars())


def _items(tx: Connection, numbers: Collection[int]) -> tuple[Item, ...]:
    return tuple(item for number in numbers if (item := _item(tx, number)))


def _item(tx: Connection, number: int) -> Item | None:
    report, card = reports.report(tx, number, STEPS), outbox.card_of(tx, number)
    spot = Spot(card.channel, card.ts) if card and card.ts else Spot()
    return Item(report, spot, delivery.step_actions(tx, number)) if report else None
