"""Reminders of what AWS has scheduled: a call to whoever wants one, in the thread, shortly before it begins.

A reminder is a letter that waits for its moment: it comes whoever acknowledges the trouble meanwhile, goes
along when AWS moves the date, and is not sent when all is over before.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.bell import Topic
from bot.flow.path import Path
from bot.flow.telling import note, remind, show
from bot.reminder import remind_at
from bot.store import reminders, troubles
from bot.store.audit import Event
from bot.trouble import State, Trouble
from bot.words import Words, words


def want(path: Path, number: int, person: str) -> Words:
    """Remind this person before it begins, and call nobody about it until then; the one answer for them."""

    def change(tx: Connection) -> Words:
        now, trouble = path.now(), troubles.get(tx, number)
        if trouble is None or trouble.state is State.OVER:
            return words("#A{number} is over, or was never there.", number=number)
        if trouble.starts is None or trouble.starts <= now:
            return words("#A{number} has begun: there is nothing to be reminded of before.", number=number)
        at = remind_at(trouble.starts, now)
        if at is None:
            return words("#A{number} begins too soon for a reminder: {at}.", number=number, at=trouble.starts)
        _put(path, tx, trouble, trouble.starts, at, [person])
        note(tx, Event.TROUBLE_SNOOZED, now, trouble, person)
        show(path, tx, trouble)
        return words(
            "You are reminded of #A{number} at {at}, {left} before it begins.",
            number=number,
            at=at,
            left=trouble.starts - at,
        )

    said = path.db.write(change)
    path.ring(Topic.MAIL)
    return said


def take_along(path: Path, tx: Connection, was: Trouble, starts: datetime | None) -> None:
    """AWS has moved the date: those who wait for their reminders are reminded before the new one.

    Where that is too soon, they hear of it now.
    """
    if starts is None or starts == was.starts:
        return
    people = reminders.take_back(tx, was.number)
    now, moved = path.now(), troubles.get(tx, was.number)
    if people and moved and moved.state is not State.OVER:
        _put(path, tx, moved, starts, remind_at(starts, now) or now, people)


def is_due(tx: Connection, trouble: Trouble) -> bool:
    """Whether somebody is reminded at the moment until which it was snoozed, and nobody else is called."""
    return trouble.snoozed_until is not None and reminders.any_at(tx, trouble.number, trouble.snoozed_until)


def _put(
    path: Path, tx: Connection, trouble: Trouble, starts: datetime, at: datetime, people: list[str]
) -> None:
    for person in people:
        said = words(
            "{owner}: you wanted to be reminded of #A{number}, which begins at {at}: {title}",
            owner=person,
            number=trouble.number,
            at=starts,
            title=trouble.title,
        )
        remind(path, tx, trouble, reminders.key(trouble.number, at, person), at, said)
    if trouble.state is State.OPEN and not trouble.silenced_by:
        troubles.change(tx, trouble.number, snoozed_until=at, next_stage=at, stage=0)
