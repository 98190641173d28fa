"""What people say to a trouble: they look at it, later perhaps, or do not want to hear of it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.bell import Topic
from bot.flow.path import Path
from bot.flow.telling import call, note, show
from bot.flow.troubles import hear
from bot.store import silences, troubles
from bot.store.audit import Event
from bot.trouble import Silence, State, Trouble
from bot.words import Words, plural, words

EVERY = 100_000  # of a storm: more than one minute brings


def acknowledge(path: Path, number: int, person: str, reason: str = "") -> Words:
    """Somebody looks at it, or says why nobody has to: nobody else is called.

    The reason is told in the thread.  Returns the one answer for whoever said so.
    """

    def change(tx: Connection) -> Words:
        now, trouble = path.now(), troubles.get(tx, number)
        if trouble is None:
            return words("There is no alarm #A{number}.", number=number)
        if troubles.move(tx, number, [State.OPEN], State.ACKNOWLEDGED, **_looked_at(person, now)):
            note(tx, Event.TROUBLE_ACKNOWLEDGED, now, trouble, person)
            if reason:
                said = words("{person} looks at it: {reason}", person=person, reason=reason)
                call(path, tx, trouble, f"acknowledged {now.isoformat()}", said)
            show(path, tx, trouble)
            return words("You look at #A{number}; nobody else is called.", number=number)
        return _why_not(trouble)

    return _said(path, change)


def acknowledge_all(path: Path, storm: int, person: str) -> Words:
    """Somebody looks at all of a storm that nobody looks at yet; the one answer for them.

    What joins the storm later begins open, as ever.
    """

    def change(tx: Connection) -> Words:
        now, waiting = path.now(), troubles.find(tx, [State.OPEN], EVERY, storm=storm)
        for trouble in waiting:
            troubles.move(tx, trouble.number, [State.OPEN], State.ACKNOWLEDGED, **_looked_at(person, now))
            note(tx, Event.TROUBLE_ACKNOWLEDGED, now, trouble, person)
        for trouble in waiting:
            show(path, tx, trouble)
        if not waiting:
            return words("Somebody looks at all of them already, or they are over.")
        return plural(
            "You look at {n} alarm; nobody else is called.",
            "You look at {n} alarms; nobody else is called.",
            len(waiting),
        )

    return _said(path, change)


def _looked_at(person: str, now: datetime) -> dict[str, object]:
    return {"acknowledged_by": person, "acknowledged_at": now, "next_stage": None, "snoozed_until": None}


def why_not(path: Path, number: int) -> Words | None:
    """Why it cannot be acknowledged; None when it can."""
    trouble = path.db.read(lambda tx: troubles.get(tx, number))
    if trouble is None:
        return words("There is no alarm #A{number}.", number=number)
    return None if trouble.state is State.OPEN else _why_not(trouble)


def _why_not(trouble: Trouble) -> Words:
    number = trouble.number
    if trouble.state is State.OVER:
        return words("#A{number} is over.", number=number)
    return words("{person} looks at #A{number} already.", person=trouble.acknowledged_by, number=number)


def snooze(path: Path, number: int, until: datetime, person: str) -> Words:
    """Nobody is called about it until then; then it is as if it had just begun."""

    def change(tx: Connection) -> Words:
        now, trouble = path.now(), troubles.get(tx, number)
        if trouble is None or trouble.state is State.OVER:
            return words("#A{number} is over, or was never there.", number=number)
        troubles.change(tx, number, snoozed_until=until, next_stage=until, stage=0)
        note(tx, Event.TROUBLE_SNOOZED, now, trouble, person)
        show(path, tx, trouble)
        return words("Nobody is called about #A{number} until {until}.", number=number, until=until)

    return _said(path, change)


def silence(path: Path, one: Silence) -> None:
    """Nobody hears of this until then; a moment that is past ends it, and what began in silence is told.

    This one at once, all of a rule by `jobs.escalation`.
    """

    def change(tx: Connection) -> None:
        now = path.now()
        silences.put(tx, one)
        if one.until <= now:
            troubles.wake(tx, one.rule, now)
        newest = troubles.newest(tx, one.rule, one.subject) if one.subject else None
        if newest is None:
            return
        if one.until > now:
            wakes = None if newest.state is State.OVER else one.until
            troubles.change(tx, newest.number, silenced_by=one.person, next_stage=wakes)
            note(tx, Event.TROUBLE_SILENCED, now, newest, one.person)
        elif newest.state is not State.OVER:
            rules = {rule.name: rule for rule in path.troubles.rules()}
            hear(path, tx, newest, rules.get(newest.rule))
        show(path, tx, newest)

    path.db.write(change)
    path.ring(Topic.MAIL)


def _said(path: Path, change: Callable[[Connection], Words]) -> Words:
    said = path.db.write(change)
    path.ring(Topic.MAIL)
    return said
