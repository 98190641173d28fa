"""The outbox: messages that must arrive, committed with what they tell.

A row of kind CARD is one message for the life of an operation: its version is raised when there is
something newer to show, and the sender always shows the newest, so that edits coalesce.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, exists, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from bot import words
from bot.operation import Door, Operation
from bot.store.schema import asks, outbox


class Mail(StrEnum):
    """What kind of message a row is."""

    CARD = "card"  # the one message of an operation, edited as it goes on
    REPLY = "reply"  # in the card's thread, with a mention
    ANSWER = "answer"  # a plan without steps
    PRIVATE = "private"  # a sentence to one person alone
    NOTICE = "notice"  # a sentence to a channel, about no operation
    FILE = "file"  # the complete plan, in the card's thread
    TROUBLE = "trouble"  # the one message of a trouble, edited from its begin to its end
    STORM = "storm"  # the one message of many troubles at once
    DRILL = "drill"  # the one message of a failure test, edited from its begin to its end
    CALL = "call"  # in a trouble's thread, to whoever shall look at it
    EMAIL = "email"  # how an operation was answered or ended, to an address that its schedule names


RANKS = {
    Mail.PRIVATE: 0,
    Mail.ANSWER: 1,
    Mail.NOTICE: 1,
    Mail.TROUBLE: 1,
    Mail.STORM: 1,
    Mail.DRILL: 1,
    Mail.REPLY: 2,
    Mail.CALL: 2,
    Mail.CARD: 3,
    Mail.FILE: 5,
    Mail.EMAIL: 5,  # it keeps no order with the others
}
IN_THREAD = frozenset({Mail.REPLY, Mail.FILE, Mail.CALL})
"""Kinds that belong in the thread of a card, when there is one."""
ALONE = frozenset({Door.SLASH, Door.FORM})
"""Doors whose answers are for the asker alone."""
TOLD = "told"
"""What a file is about that says how it went; one about nothing is the complete plan."""
PICTURE = "picture"
"""What a file is about that is the picture of an answer; the digest of its chart follows."""
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
    address: str = ""  # of one that goes by mail

    @property
    def tells(self) -> bool:
        """Whether it is the file that says how its operation went."""
        return self.kind is Mail.FILE and self.key == f"{Mail.FILE}:{self.operation}:{TOLD}"

    @property
    def pictures(self) -> bool:
        """Whether it is the picture of an answer, as a file."""
        return self.kind is Mail.FILE and self.key.startswith(f"{Mail.FILE}:{self.operation}:{PICTURE}:")


# -- reads ---------------------------------------------------------------------------------------


def get(tx: Connection, letter: int) -> Letter | None:
    """One letter as it stands."""
    row = tx.execute(_ONE, {"letter": letter}).first()
    return None if row is None else letter_of(row)


def card_of(tx: Connection, operation: int) -> Letter | None:
    """The card of an operation."""
    row = tx.execute(_CARD, {"of": operation}).first()
    return None if row is None else letter_of(row)


def with_key(tx: Connection, key: str) -> Letter | None:
    """The letter with this key."""
    row = tx.execute(_WITH_KEY, {"this": key}).first()
    return None if row is None else letter_of(row)


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


def by_mail(tx: Connection, operation: Operation, at: datetime, address: str, *, language: str) -> None:
    """Have one mail sent about an operation to an address; the second to the same is not added."""
    key = f"{Mail.EMAIL}:{operation.number}:{address}"
    known = {"operation": operation.number, "channel": operation.ask.asker.channel, "language": language}
    put(tx, key, Mail.EMAIL, at, address=address, **known)


def put(tx: Connection, key: str, kind: Mail, at: datetime, **columns: object) -> None:
    """Have a message sent, once for this key: the delivery that asks for it may come twice."""
    row = {"key": key, "kind": kind, "rank": RANKS[kind], "created": at, "next_try": at, **columns}
    tx.execute(_NEW, row)


def touch(tx: Connection, operation: int, at: datetime, *, progress: bool = False) -> None:
    """There is something newer to show on the card of this operation."""
    rank = PROGRESS if progress else RANKS[Mail.CARD]
    tx.execute(_TOUCH, {"of": operation, "now": at, "as": rank})


def touch_key(tx: Connection, key: str, at: datetime) -> None:
    """There is something newer to show on the message with this key."""
    tx.execute(_TOUCH_KEY, {"this": key, "now": at})


def renew(tx: Connection, operation: int, at: datetime) -> None:
    """The answer of this operation was made anew: the message that everybody sees is edited in place.

    One that waits to be posted shows the newest anyway.  What one person alone was told stays as it was:
    nothing of it can be edited, and nobody wants it twice.
    """
    tx.execute(_RENEW, {"of": operation, "now": at})


IS_UNSENT = outbox.c.next_try > datetime(1970, 1, 1, tzinfo=UTC)
"""There is something to send.  Said so an index leads to these; SQLite's has no part for "is not null"."""
_ONE = select(outbox).where(outbox.c.id == bindparam("letter"))
_WITH_KEY = select(outbox).where(outbox.c.key == bindparam("this"))
_CARD = select(outbox).where(outbox.c.operation == bindparam("of"), outbox.c.kind == Mail.CARD)
_NEW = insert(outbox).on_conflict_do_nothing(index_elements=[outbox.c.key])
_NEWER: dict[str, Any] = {
    "version": outbox.c.version + 1,
    "next_try": func.coalesce(outbox.c.next_try, bindparam("now", type_=outbox.c.next_try.type)),
}
_TOUCH = (
    update(outbox)
    .where(outbox.c.operation == bindparam("of"), outbox.c.kind == Mail.CARD)
    .values(rank=case((outbox.c.ts == "", RANKS[Mail.CARD]), else_=bindparam("as")), **_NEWER)
)
_TOUCH_KEY = update(outbox).where(outbox.c.key == bindparam("this")).values(**_NEWER)
_FOR_ALL = exists().where(and_(asks.c.id == outbox.c.operation, asks.c.door.not_in(ALONE)))
_RENEW = (
    update(outbox)
    .where(
        outbox.c.operation == bindparam("of"),
        outbox.c.kind == Mail.ANSWER,
        or_(outbox.c.ts != "", and_(outbox.c.next_try.is_not(None), _FOR_ALL)),
    )
    .values(**_NEWER)
)


def letter_of(row: Row[Any]) -> Letter:
    """The letter a row holds."""
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
        address=row.address,
    )
