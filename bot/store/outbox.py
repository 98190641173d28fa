"""The outbox: messages that must arrive, committed with what they tell.

A row of kind CARD is one message for the life of an operation: its version is raised when there is
something newer to show, and the sender always shows the newest, so that edits coalesce.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot import words
from bot.operation import Operation
from bot.store.schema import outbox


class Mail(StrEnum):
    """What kind of message a row is."""

    CARD = "card"  # the one message of an operation, edited as it goes on
    REPLY = "reply"  # in the card's thread, with a mention
    ANSWER = "answer"  # a plan without steps
    PRIVATE = "private"  # a sentence to one person alone
    NOTICE = "notice"  # a sentence to a channel, about no operation
    FILE = "file"  # the complete plan, in the card's thread


RANKS = {Mail.PRIVATE: 0, Mail.ANSWER: 1, Mail.NOTICE: 1, Mail.REPLY: 2, Mail.CARD: 3, Mail.FILE: 5}
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


def due(tx: Connection, now: datetime, most: int, busy: Collection[str] = ()) -> tuple[Letter, ...]:
    """What is to be sent now, in order of rank; not to channels that had one a moment ago.

    What belongs in the thread of a card waits until the card is there.
    """
    card = outbox.alias("card")
    card_missing = exists().where(
        and_(card.c.operation == outbox.c.operation, card.c.kind == Mail.CARD, card.c.ts == "")
    )
    in_thread = outbox.c.kind.in_((Mail.REPLY, Mail.FILE))
    query = (
        select(outbox)
        .where(outbox.c.next_try <= now, or_(~in_thread, ~card_missing))
        .order_by(outbox.c.rank, outbox.c.id)
        .limit(most)
    )
    if busy:
        query = query.where(or_(outbox.c.channel.not_in(busy), outbox.c.kind == Mail.PRIVATE))
    return tuple(_letter(row) for row in tx.execute(query))


def next_try(tx: Connection) -> datetime | None:
    """When something wants to be sent next; None: nothing does."""
    earliest: datetime | None = tx.execute(select(func.min(outbox.c.next_try))).scalar_one()
    return earliest


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
    """Have a message sent about an operation; the second with the same kind and `about` is not added."""
    asker = operation.ask.asker
    put(
        tx,
        f"{kind}:{operation.number}:{about}",
        kind,
        at,
        operation=operation.number,
        channel=asker.channel,
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
    tx.execute(
        update(outbox)
        .where(outbox.c.operation == operation, outbox.c.kind == Mail.CARD)
        .values(
            version=outbox.c.version + 1,
            next_try=func.coalesce(outbox.c.next_try, at),
            rank=PROGRESS if progress else RANKS[Mail.CARD],
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


def later(tx: Connection, letter: Letter, at: datetime | None, error: str, *, doubtful: bool) -> None:
    """It could not be sent; try again then (None: never, the error says why)."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == letter.id)
        .values(next_try=at, tries=letter.tries + 1, error=error, doubtful=doubtful)
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
