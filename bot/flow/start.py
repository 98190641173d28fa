"""Between the last click and the first call: is all of it still right?"""

from dataclasses import replace

from sqlalchemy import Connection

from bot.arguments import UsageError
from bot.canonical import plan_hash
from bot.flow import mail
from bot.flow.lines import of_operation
from bot.flow.path import Path
from bot.flow.plan import AUDIT_BROKEN, judge, still_needed, stopped_by_a_break
from bot.operation import IllegalMove, Operation, State, StepState
from bot.plan import Plan
from bot.store import approvals, audit, operations, steps
from bot.store.audit import Event
from bot.store.operations import Claim
from bot.words import Words
from bot.words import words as _


def start(path: Path, held: Claim) -> Operation | None:
    """Begin an operation that is queued, or go on with one that runs; None when it may not begin."""
    if held.state is State.RUNNING:
        return path.db.read(lambda tx: operations.guard(tx, held))
    operation, plan = path.db.read(lambda tx: _with_steps(tx, held))
    why = _why_not(path, operation, plan)
    path.db.write(lambda tx: _begin(path, tx, held, why))
    return operation if why is None else None


def _with_steps(tx: Connection, held: Claim) -> tuple[Operation, Plan]:
    operation = operations.guard(tx, held)
    if operation.plan is None:
        raise IllegalMove(f"operation {held.number} has no plan")
    planned = tuple(row.step for row in steps.rows(tx, held.number))
    return operation, replace(operation.plan, steps=planned)


def _why_not(path: Path, operation: Operation, plan: Plan) -> tuple[State, Words] | None:
    """Why it must not begin: too late, another plan, another policy, a broken audit chain."""
    if operation.expires is not None and operation.expires <= path.now():
        return State.EXPIRED, _("approved, but not begun in time; nothing was done")
    if plan_hash(operation.ask.line, plan) != operation.plan_hash:
        return State.REFUSED, _("the stored plan is not the one that was approved")
    if (refused := _not_allowed(path, operation, plan)) is not None:
        return State.REFUSED, refused
    if path.db.read(lambda tx: stopped_by_a_break(path, tx, plan)):
        return State.REFUSED, AUDIT_BROKEN
    return None


def _not_allowed(path: Path, operation: Operation, plan: Plan) -> Words | None:
    """What the policy and the config say of it by now."""
    try:
        decision = judge(path, operation, plan)
    except UsageError as error:  # the line no longer fits: its account or schedule is gone from the config
        return error.said
    if not decision.allowed:
        return decision.why
    needs = still_needed(path, operation, plan, decision)
    if not needs or needs <= _agreed(path, operation, plan):
        return None
    if needs > operation.needs:
        return _("the policy asks for more approvals by now; please ask again")
    return _("fewer people have agreed to this plan than must; nothing was done. Please ask again.")


def _agreed(path: Path, operation: Operation, plan: Plan) -> int:
    """How many others agreed to this very plan and still may: counted anew, whatever its state says.

    So an operation that somebody queued by hand in the database does not begin, nor does a plan that was
    exchanged after people had agreed to another.
    """
    asker = operation.ask.asker.person
    decided = path.db.read(lambda tx: approvals.of(tx, operation.number))
    yes = {one.person for one in decided if one.agrees and one.plan_hash == operation.plan_hash}
    may = (path.policy.may_approve(path.people.person(one), asker, plan.steps) for one in yes)
    return sum(one.allowed for one in may)


def _begin(path: Path, tx: Connection, held: Claim, why: tuple[State, Words] | None) -> None:
    now, operation = path.now(), operations.guard(tx, held)
    if why is None:
        operations.move(tx, held.number, State.RUNNING, now, wake=now, started=now)
        audit.write(tx, of_operation(operation, Event.STARTED, now))
        mail.card(path, tx, operation)
        return
    state, reason = why
    waiting = steps.ids(tx, held.number, StepState.PLANNED)
    steps.move(tx, waiting, StepState.SKIPPED, now, reason)
    operations.move(tx, held.number, state, now, reason=reason)
    event = Event.EXPIRED if state is State.EXPIRED else Event.REFUSED
    audit.write(tx, of_operation(operation, event, now, outcome=state, detail=str(reason)))
    mail.ended(path, tx, held.number)


def expire(path: Path, held: Claim) -> None:
    """End an operation that nobody approved in time."""

    def change(tx: Connection) -> None:
        operation = operations.guard(tx, held)
        if operation.state is not State.WAITING or operation.expires is None:
            return
        if operation.expires > path.now():
            operations.release(tx, held, operation.expires)
            return
        reason = _("nobody approved it in time; nothing was done")
        operations.move(tx, held.number, State.EXPIRED, path.now(), reason=reason)
        waiting = steps.ids(tx, held.number, StepState.PLANNED)
        steps.move(tx, waiting, StepState.SKIPPED, path.now(), reason)
        audit.write(tx, of_operation(operation, Event.EXPIRED, path.now(), outcome=State.EXPIRED))
        mail.ended(path, tx, held.number)

    path.db.write(change)
