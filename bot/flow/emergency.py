"""Break-glass: a person who cannot wait says why, and another person looks at it afterwards.

Policy decides whether that is enough (`context.emergency`); it is loud, and the review stays open until
somebody gives it.  The clock has no emergencies: nobody is there to say why.
"""

from typing import Any

from sqlalchemy import Connection

from bot.bell import Topic
from bot.flow import mail
from bot.flow.decide import Click
from bot.flow.lines import of_operation
from bot.flow.path import Path
from bot.operation import Door, Operation
from bot.policy.decision import Decision
from bot.store import approvals, audit, operations, reviews, steps
from bot.store.approvals import SeenBefore
from bot.store.audit import Event
from bot.words import Words
from bot.words import words as _

PEOPLE = frozenset({Door.SLASH, Door.MENTION})


def reason(args: Any, door: Door) -> str:
    """Why it cannot wait; "" when it can, or when no person asks.  Pure."""
    said = getattr(args, "emergency", "")
    return said if isinstance(said, str) and door in PEOPLE else ""


def shout(path: Path, tx: Connection, operation: Operation, why: str, could: tuple[str, ...]) -> None:
    """Say in the card's thread that it begins without an approval, to those who would have been asked."""
    people = tuple(_("{person}", person=person) for person in could)
    said = _(
        "🚨 {person} could not wait for an approval of #{number}: {reason}. {people}: please review it.",
        person=operation.ask.asker.person,
        number=operation.number,
        reason=why,
        people=people or (_("somebody"),),
    )
    mail.reply(path, tx, operation, "emergency", said)


def press(path: Path, click: Click) -> Words | None:
    """A click on Reviewed: one visible answer; None for a delivery seen before."""
    operation = path.db.read(lambda tx: operations.get(tx, click.number))
    may = _may(path, click, operation) if operation else None

    def change(tx: Connection) -> Words:
        approvals.deliver(tx, click.key, path.now())
        said = _review(path, tx, click, may)
        mail.click(path, tx, click.key, click.asker, said)
        return said

    try:
        said = path.db.write(change, urgent=True)
    except SeenBefore:
        return None
    path.ring(Topic.MAIL)
    return said


def _may(path: Path, click: Click, operation: Operation) -> Decision:
    rows = path.db.read(lambda tx: steps.rows(tx, operation.number))
    planned = tuple(row.step for row in rows)
    return path.policy.may_approve(
        path.people.person(click.person), operation.ask.asker.person, planned, Door.BUTTON
    )


def _review(path: Path, tx: Connection, click: Click, may: Decision | None) -> Words:
    operation = operations.get(tx, click.number)
    if operation is None or may is None or not operation.emergency:
        return _("There is no emergency #{number}.", number=click.number)
    if operation.reviewed_by:
        return _(
            "#{number} was reviewed by {person} already.", number=click.number, person=operation.reviewed_by
        )
    if not may.allowed:
        return _("You may not review #{number}: {why}", number=click.number, why=may.why)
    reviews.review(tx, click.number, click.person)
    audit.write(tx, of_operation(operation, Event.REVIEWED, path.now(), person=click.person))
    mail.card(path, tx, operation)
    return _("You reviewed #{number}.", number=click.number)
