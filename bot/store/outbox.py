"""The outbox: messages that must arrive, committed with what they tell.

A row of kind CARD is one message for the life of an operation: its version is raised when there is
something newer to show, and the sender always shows the newest, so that edits coalesce.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot import words
from bot.operation import ENDS, Operation
from bot.store.schema import asks, operations, outbox, steps


class Mail(StrEnum):
    """What kind of message a row is."""

    CARD = "card"  # the one message of an operation, edited as it goes on
    REPLY = "reply"  # in the card's thread, with a mention
    ANSWER = "answer"  # a plan without steps
    PRIVATE = "private"  # a sentence to one person alone
    NOTICE = "notice"  # a sentence to a channel, about no operation
    FILE = "file"  # the complete plan, in the card's thread


RANKS = {Mail.PRIVATE: 0, Mail.ANSWER: 1, Mail.NOTICE: 1, Mail.REPLY: 2, Mail.CARD: 3, Mail.FILE: 5}
IN_THREAD = frozenset({Mail.REPLY, Mail.FILE})
"""Kinds that belong in the thread of a card, when the operation has one."""
PROGRESS = 4  # an edit that only shows progress waits for all that shows an end


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it stands."""

    id: int
    key: str
    kind: Mail
    operation: int | None
    channel: str
    person: str
    thread: str
    response_url: str
    language: str
    said: words.Words | None
    version: int
    sent_version: int
    doubtful: bool
    ts: str
    tries: int
    created: datetime


# -- reads ---------------------------------------------------------------------------------------


def due(
    tx: Connection,
    now: datetime,
    most: int,
    *,
    busy: Collection[str] = (),
    paced: Collection[str] = (),
    resting: Collection[int] = (),
) -> tuple[Letter, ...]:
    """What is to be sent now, in order of rank.

    Nothing for channels that are `busy`; no new messages for channels that are `paced`; no edits of
    `resting` cards but those that show an end.  What belongs in the thread of a card waits until the
    card is there.
    """
    everybody = outbox.c.kind != Mail.PRIVATE
    query = select(outbox).where(outbox.c.next_try <= now, or_(~_in_thread(), ~_card_is_missing()))
    if busy:
        query = query.where(~and_(everybody, outbox.c.channel.in_(busy)))
    if paced:
        query = query.where(~and_(everybody, outbox.c.ts == "", outbox.c.channel.in_(paced)))
    if resting:
        ended = select(operations.c.id).where(operations.c.state.in_(ENDS))
        query = query.where(or_(outbox.c.id.not_in(resting), outbox.c.operation.in_(ended)))
    rows = tx.execute(query.order_by(outbox.c.rank, outbox.c.id).limit(most))
    return tuple(_letter(row) for row in rows)


def get(tx: Connection, letter: int) -> Letter | None:
    """One letter as it stands."""
    row = tx.execute(select(outbox).where(outbox.c.id == letter)).first()
    return None if row is None else _letter(row)


def upcoming(tx: Connection, now: datetime) -> datetime | None:
    """When the first of what is not due yet will be; None: there is nothing."""
    query = select(func.min(outbox.c.next_try)).where(outbox.c.next_try > now)
    earliest: datetime | None = tx.execute(query).scalar_one()
    return earliest


def step_actions(tx: Connection, operation: int) -> frozenset[str]:
    """The names of all actions among the steps of an operation; a report shows only some of them."""
    query = select(steps.c.action).where(steps.c.operation == operation).distinct()
    return frozenset(tx.execute(query).scalars())


def card_of(tx: Connection, operation: int) -> Letter | None:
    """The card of an operation."""
    query = select(outbox).where(outbox.c.operation == operation, outbox.c.kind == Mail.CARD)
    row = tx.execute(query).first()
    return None if row is None else _letter(row)


# -- changes -------------------------------------------------------------------------------------


def post(
    tx: Connection,
    kind: Mail,
    operation: Operation,
    at: datetime,
    *,
    language: str,
    about: str = "",
    said: words.Words | None = None,
) -> None:
    """Have a message sent about an operation; the second with the same kind and `about` is not added.

    What belongs in the thread of a card goes where the card is, which may have moved.
    """
    asker = operation.ask.asker
    card = card_of(tx, operation.number) if kind in IN_THREAD else None
    put(
        tx,
        f"{kind}:{operation.number}:{about}",
        kind,
        at,
        operation=operation.number,
        channel=card.channel if card else asker.channel,
        person=asker.person,
        thread=asker.thread,
        response_url=asker.response_url,
        language=language,
        body=said and words.to_json(said),
    )


def put(tx: Connection, key: str, kind: Mail, at: datetime, **columns: object) -> None:
    """Have a message sent, once for this key."""
    try:
        with tx.begin_nested():
            tx.execute(
                insert(outbox).values(
                    key=key, kind=kind, rank=RANKS[kind], created=at, next_try=at, **columns
                )
            )
    except IntegrityError:
        return  # it is there: the delivery that asked for it came twice


def touch(tx: Connection, operation: int, at: datetime, *, progress: bool = False) -> None:
    """There is something newer to show on the card of this operation."""
    rank = PROGRESS if progress else RANKS[Mail.CARD]
    tx.execute(
        update(outbox)
        .where(outbox.c.operation == operation, outbox.c.kind == Mail.CARD)
        .values(
            version=outbox.c.version + 1,
            next_try=func.coalesce(outbox.c.next_try, at),
            rank=case((outbox.c.ts == "", RANKS[Mail.CARD]), else_=rank),
        )
    )


def doubt(tx: Connection, letter: Letter) -> None:
    """It is about to be posted: until the answer is stored, it may or may not be there."""
    tx.execute(update(outbox).where(outbox.c.id == letter.id).values(doubtful=True))


def sent(tx: Connection, letter: Letter, ts: str, channel: str = "") -> None:
    """It is there; when something newer was put in meanwhile, it stays due."""
    moved = {"channel": channel} if channel else {}
    tx.execute(
        update(outbox)
        .where(outbox.c.id == letter.id)
        .values(ts=ts, sent_version=letter.version, doubtful=False, tries=0, error="", **moved)
    )
    tx.execute(
        update(outbox)
        .where(outbox.c.id == letter.id, outbox.c.version == letter.version)
        .values(next_try=None, response_url="")
    )


def found(tx: Connection, letter: Letter, ts: str, at: datetime) -> None:
    """A doubtful card is there, but nobody knows which version it shows: it stays due, as an edit."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == letter.id)
        .values(ts=ts, doubtful=False, tries=0, error="", next_try=at)
    )


def anew(tx: Connection, letter: Letter, at: datetime, *, channel: str, thread: str, error: str) -> None:
    """It cannot be where it should, or is no longer: a fresh message, there, takes its place.

    It counts as created now, and later than before, so that looking for it does not find the old one.
    What waits to go into the thread of a card follows it.
    """
    created = max(at, letter.created + timedelta(microseconds=1))
    tx.execute(
        update(outbox)
        .where(outbox.c.id == letter.id)
        .values(
            channel=channel,
            thread=thread,
            error=error,
            created=created,
            next_try=at,
            ts="",
            sent_version=0,
            doubtful=False,
            response_url="",
        )
    )
    if letter.kind is Mail.CARD:
        tx.execute(
            update(outbox)
            .where(outbox.c.operation == letter.operation, _in_thread(), outbox.c.next_try.is_not(None))
            .values(channel=channel)
        )


def forget_url(tx: Connection, url: str) -> None:
    """This response_url takes no more messages."""
    for table in (outbox, asks):
        tx.execute(update(table).where(table.c.response_url == url).values(response_url=""))


def later(tx: Connection, letter: Letter, at: datetime | None, error: str, *, doubtful: bool) -> None:
    """It could not be sent; try again then (None: never, the error says why)."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == letter.id)
        .values(next_try=at, tries=letter.tries + 1, error=error, doubtful=doubtful)
    )


def put_off(tx: Connection, letter: int, at: datetime, error: str) -> None:
    """Leave a letter alone until then."""
    tx.execute(update(outbox).where(outbox.c.id == letter).values(next_try=at, error=error))


def _in_thread() -> ColumnElement[bool]:
    return outbox.c.kind.in_(IN_THREAD)


def _card_is_missing() -> ColumnElement[bool]:
    card = outbox.alias("card")
    return exists().where(
        and_(card.c.operation == outbox.c.operation, card.c.kind == Mail.CARD, card.c.ts == "")
    )


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        key=row.key,
        kind=Mail(row.kind),
        operation=row.operation,
        channel=row.channel,
        person=row.person,
        thread=row.thread,
        response_url=row.response_url,
        language=row.language,
        said=words.from_json(row.body) if row.body else None,
        version=row.version,
        sent_version=row.sent_version,
        doubtful=row.doubtful,
        ts=row.ts,
        tries=row.tries,
        created=row.created,
    )
