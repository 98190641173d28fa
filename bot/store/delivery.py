"""Letters on their way: which are due, and how each one's sending went."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    null,
    or_,
    select,
    update,
)

from bot.operation import ENDS
from bot.store.outbox import IN_THREAD, Letter, Mail, letter_of
from bot.store.schema import asks, operations, outbox, steps

_IN_THREAD = outbox.c.kind.in_(IN_THREAD)


@dataclass(frozen=True, slots=True)
class Waits:
    """What is not to be sent now, though it is due."""

    busy: Collection[str] = ()  # channels that get nothing
    paced: Collection[str] = ()  # channels that get no new messages
    resting: Collection[int] = ()  # cards that are not edited, unless to show an end


# -- reads ---------------------------------------------------------------------------------------


def due(tx: Connection, now: datetime, most: int, waits: Waits) -> tuple[Letter, ...]:
    """What is to be sent to Slack now, in order of rank.

    What belongs in the thread of a card waits until the card is there.
    """
    chosen = {"busy": list(waits.busy), "paced": list(waits.paced), "resting": list(waits.resting)}
    rows = tx.execute(_DUE, {"now": now, "most": most, **chosen})
    return tuple(letter_of(row) for row in rows)


def due_mails(tx: Connection, now: datetime, most: int) -> tuple[int, ...]:
    """The letters that are to go by mail now, in their order."""
    return tuple(tx.execute(_DUE_MAILS, {"now": now, "most": most}).scalars())


def upcoming(tx: Connection, now: datetime) -> datetime | None:
    """When the first of what is not due for Slack yet will be; None: there is nothing."""
    earliest: datetime | None = tx.execute(_UPCOMING, {"now": now}).scalar_one()
    return earliest


def step_actions(tx: Connection, operation: int) -> frozenset[str]:
    """The names of all actions among the steps of an operation; a report shows only some of them."""
    query = select(steps.c.action).where(steps.c.operation == operation).distinct()
    return frozenset(tx.execute(query).scalars())


# -- changes -------------------------------------------------------------------------------------


def doubt(tx: Connection, letter: Letter) -> None:
    """It is about to be posted: until the answer is stored, it may or may not be there."""
    tx.execute(_CHANGE, {"letter": letter.id, "doubtful": True})


def sent(tx: Connection, letter: Letter, ts: str, at: datetime) -> None:
    """It is there; when something newer was put in meanwhile, it stays due, or is due again.

    Again, since another process may have sent the newer one first: what this one sent late stands over it.
    """
    there = {"ts": ts, "sent_version": letter.version, "doubtful": False, "tries": 0, "error": ""}
    tx.execute(_SENT, {"letter": letter.id, "told": letter.version, "now": at, **there})


def found(tx: Connection, letter: Letter, ts: str, at: datetime) -> None:
    """A doubtful message is there, but nobody knows which version it shows: it stays due, as an edit."""
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
            .where(outbox.c.operation == letter.operation, _IN_THREAD, outbox.c.next_try.is_not(None))
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


def _card_is_missing() -> ColumnElement[bool]:
    card = outbox.alias("card")
    return exists().where(
        and_(card.c.operation == outbox.c.operation, card.c.kind == Mail.CARD, card.c.ts == "")
    )


def _operation_has_ended() -> ColumnElement[bool]:
    return exists().where(and_(operations.c.id == outbox.c.operation, operations.c.state.in_(ENDS)))


def _one_of(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


# Statements of the busiest moments, built once: building one costs as much as running it.
_NOW = bindparam("now", type_=outbox.c.next_try.type)
_EVERYBODY = outbox.c.kind != Mail.PRIVATE
_BY_MAIL = outbox.c.kind == Mail.EMAIL  # on a way of its own: nothing for Slack waits for a mail server
_DUE = (
    select(outbox)
    .where(
        outbox.c.next_try <= _NOW,
        ~_BY_MAIL,
        or_(~_IN_THREAD, ~_card_is_missing()),
        ~and_(_EVERYBODY, outbox.c.channel.in_(_one_of("busy"))),
        ~and_(_EVERYBODY, outbox.c.ts == "", outbox.c.channel.in_(_one_of("paced"))),
        or_(outbox.c.id.not_in(_one_of("resting")), _operation_has_ended()),
    )
    .order_by(outbox.c.rank, outbox.c.id)
    .limit(bindparam("most"))
)
_DUE_MAILS = (
    select(outbox.c.id)
    .where(outbox.c.next_try <= _NOW, _BY_MAIL)
    .order_by(outbox.c.rank, outbox.c.id)  # all mails have one rank; by the id alone SQLite would walk all
    .limit(bindparam("most"))
)
_UPCOMING = select(func.min(outbox.c.next_try)).where(outbox.c.next_try > _NOW, ~_BY_MAIL)
_CHANGE = update(outbox).where(outbox.c.id == bindparam("letter"))
_NEWEST = outbox.c.version == bindparam("told")  # nothing newer was put in meanwhile
_SENT = _CHANGE.values(
    next_try=case((_NEWEST, null()), else_=func.coalesce(outbox.c.next_try, _NOW)),
    response_url=case((_NEWEST, ""), else_=outbox.c.response_url),
)
