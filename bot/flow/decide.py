"""The third stage: other people agree or do not; one compare-and-set decides every race.

Every click gets one sentence in answer; what the sentence says was committed first.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot import logs
from bot.bell import Topic
from bot.flow import mail
from bot.flow.lines import of_operation
from bot.flow.path import Path
from bot.operation import ENDS, TITLES, Approval, Asker, Door, Operation, State
from bot.policy.decision import Decision
from bot.store import approvals, audit, operations, steps
from bot.store.approvals import AlreadyDecided, SeenBefore
from bot.store.audit import Event
from bot.words import Words
from bot.words import words as _

log = logging.getLogger("toban.flow")


@dataclass(frozen=True, slots=True)
class Click:
    """One person's decision as it was delivered."""

    key: str  # trigger id: refused the second time
    asker: Asker  # who clicked, and where the answer goes
    number: int
    plan_hash: str  # of the plan that the person saw
    agrees: bool
    reason: str = ""

    @property
    def person(self) -> str:
        """Who clicked."""
        return self.asker.person


def decide(path: Path, click: Click) -> Words | None:
    """Record a decision and the sentence that answers it; None for a delivery seen before."""
    _operation, may = _look(path, click)

    def change(tx: Connection) -> Words:
        approvals.deliver(tx, click.key, path.now())
        said = _decide(path, tx, click, may)
        mail.click(path, tx, click.key, click.asker, said)
        return said

    try:
        said = path.db.write(change, urgent=True)
    except SeenBefore:
        return None
    path.ring(Topic.WORK, Topic.MAIL)
    with logs.about(operation=click.number, click=click.key):
        log.info("a click: %s", "agrees" if click.agrees else "does not", extra={"action": "flow.clicked"})
    return said


def counts(path: Path, click: Click) -> bool:
    """Whether a decision of this person would count now; a form is only opened when it would."""
    operation, may = _look(path, click)
    if operation is None or may is None:
        return False
    so_far = path.db.read(lambda tx: approvals.of(tx, click.number))
    return _why_not(operation, click, so_far, may, path.now()) is None


def _look(path: Path, click: Click) -> tuple[Operation | None, Decision | None]:
    """The operation, and what the policy says; asked before the write, since it takes a while."""
    operation = path.db.read(lambda tx: operations.get(tx, click.number))
    return operation, _may(path, click, operation) if operation else None


def _may(path: Path, click: Click, operation: Operation) -> Decision:
    """Whether this person may approve these steps."""
    rows = path.db.read(lambda tx: steps.rows(tx, operation.number))
    return path.policy.may_approve(
        path.people.person(click.person),
        operation.ask.asker.person,
        tuple(row.step for row in rows),
        Door.BUTTON,
    )


def _decide(path: Path, tx: Connection, click: Click, may: Decision | None) -> Words:
    now = path.now()
    operation = operations.get(tx, click.number)
    if operation is None or may is None:
        return _("There is no operation #{number}.", number=click.number)
    so_far = approvals.of(tx, click.number)
    if (no := _why_not(operation, click, so_far, may, now)) is not None:
        return no
    decision = Approval(click.person, click.plan_hash, click.agrees, click.reason, now)
    try:
        approvals.add(tx, click.number, decision)
    except AlreadyDecided:
        return _("You have decided about #{number} already.", number=click.number)
    return _deny(path, tx, operation, click) if not click.agrees else _agree(path, tx, operation, click)


def _why_not(
    operation: Operation, click: Click, so_far: tuple[Approval, ...], may: Decision, now: datetime
) -> Words | None:
    """Why a click changes nothing; None when it counts.  Pure."""
    number = operation.number
    if operation.state is not State.WAITING:
        return decided_already(operation, so_far)
    if operation.expires is not None and operation.expires <= now:
        return _("#{number} has expired; nothing was done. Please ask again.", number=number)
    if click.plan_hash != operation.plan_hash:
        return _("#{number} shows another plan by now; please look at it again.", number=number)
    if click.person == operation.ask.asker.person and click.agrees:
        return _("You asked for #{number} yourself; somebody else has to agree.", number=number)
    if click.person != operation.ask.asker.person and not may.allowed:
        return _("You may not decide about #{number}: {why}", number=number, why=may.why)
    return None


def decided_already(operation: Operation, so_far: tuple[Approval, ...]) -> Words:
    """The sentence for a click that came too late.  Pure."""
    by = next((one.person for one in reversed(so_far)), "")
    match operation.state:
        case State.DENIED:
            return _("#{number} was denied by {by} already.", number=operation.number, by=by)
        case State.EXPIRED:
            return _("#{number} has expired; nothing was done. Please ask again.", number=operation.number)
        case State.CANCELLED:
            return _("#{number} was cancelled.", number=operation.number)
        case state if state in ENDS:
            return _("#{number} has ended already: {state}.", number=operation.number, state=TITLES[state])
        case _ if by:
            return _("#{number} was approved by {by} already.", number=operation.number, by=by)
        case state:
            return _(
                "#{number} is {state}; there is nothing to decide.", number=operation.number, state=state
            )


def _agree(path: Path, tx: Connection, operation: Operation, click: Click) -> Words:
    now, number = path.now(), operation.number
    yes = sum(one.agrees for one in approvals.of(tx, number))
    audit.write(
        tx,
        of_operation(
            operation, Event.APPROVED, now, person=click.person, detail=f"{yes} of {operation.needs}"
        ),
    )
    mail.card(path, tx, operation)
    if yes < operation.needs:
        return _("You approved #{number}: {yes} of {needs}.", number=number, yes=yes, needs=operation.needs)
    operations.move(tx, number, State.QUEUED, now, wake=now, expires=now + path.limits.start)
    return _(
        "You approved #{number}: {yes} of {needs}. It is carried out now.",
        number=number,
        yes=yes,
        needs=operation.needs,
    )


def _deny(path: Path, tx: Connection, operation: Operation, click: Click) -> Words:
    now = path.now()
    reason = _("{person} said no: {reason}", person=click.person, reason=click.reason or "–")
    operations.move(tx, operation.number, State.DENIED, now, reason=reason)
    audit.write(
        tx,
        of_operation(operation, Event.DENIED, now, person=click.person, detail=click.reason),
    )
    mail.ended(path, tx, operation.number)
    return _("You denied #{number}; nothing was done.", number=operation.number)
