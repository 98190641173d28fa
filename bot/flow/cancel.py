"""Stopping an operation: at once when nothing was sent, otherwise between two batches."""

import logging

from sqlalchemy import Connection

from bot import logs
from bot.bell import Topic
from bot.flow import mail
from bot.flow.decide import Click
from bot.flow.lines import of_operation
from bot.flow.path import Path
from bot.operation import ENDS, TITLES, State, StepState
from bot.policy.decision import Decision
from bot.store import approvals, audit, moments, operations, steps
from bot.store.approvals import SeenBefore
from bot.store.audit import Event
from bot.words import Words
from bot.words import words as _

log = logging.getLogger("toban.flow")


def cancel(path: Path, number: int, person: str) -> Words:
    """Stop an operation and return the sentence that says how far that goes."""
    said = path.db.write(lambda tx: _cancel(path, tx, number, person), urgent=True)
    path.ring(Topic.WORK, Topic.MAIL)
    return said


def press(path: Path, click: Click, may: Decision) -> Words | None:
    """A click on Cancel: like `cancel`, with the one visible answer; None for a delivery seen before."""

    def change(tx: Connection) -> Words:
        approvals.deliver(tx, click.key, path.now())
        said = (
            _cancel(path, tx, click.number, click.person)
            if may.allowed
            else _("You may not cancel #{number}: {why}", number=click.number, why=may.why)
        )
        mail.click(path, tx, click.key, click.asker, said)
        return said

    try:
        said = path.db.write(change, urgent=True)
    except SeenBefore:
        return None
    path.ring(Topic.WORK, Topic.MAIL)
    with logs.about(operation=click.number, click=click.key):
        log.info("a click: cancel", extra={"action": "flow.clicked"})
    return said


def _cancel(path: Path, tx: Connection, number: int, person: str) -> Words:
    now = path.now()
    operation = operations.get(tx, number)
    if operation is None:
        return _("There is no operation #{number}.", number=number)
    if operation.state in ENDS:
        return _("#{number} has ended already: {state}.", number=number, state=TITLES[operation.state])
    if operation.cancelled_by:
        return _("#{number} is being cancelled already.", number=number)
    audit.write(tx, of_operation(operation, Event.CANCELLED, now, person=person))
    reason = _("cancelled by {person}", person=person)
    if operation.state is State.RUNNING:
        operations.ask_to_cancel(tx, number, person, now)
        moments.no_longer(tx, number)
        mail.card(path, tx, operation)
        return _("#{number} stops; calls that were made already are watched to their end.", number=number)
    waiting = steps.ids(tx, number, StepState.PLANNED)
    steps.move(tx, waiting, StepState.SKIPPED, now, reason)
    operations.move(tx, number, State.CANCELLED, now, reason=reason, cancelled_by=person)
    mail.ended(path, tx, number)
    return _("#{number} is cancelled; nothing was done.", number=number)
