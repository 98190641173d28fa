"""The second stage: read AWS, say exactly what would happen, and ask the policy about every step."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, update

from aws.errors import AwsError
from bot import logs
from bot.arguments import UsageError
from bot.audit import watch as audit_watch
from bot.bell import Topic
from bot.canonical import plan_hash, plan_to_json
from bot.command import Risk, Verb
from bot.flow import emergency, mail, standing
from bot.flow.lines import of_operation
from bot.flow.path import Path
from bot.grammar.grammar import HelpWanted, Parsed
from bot.operation import Door, Operation, State
from bot.plan import Plan
from bot.policy.decision import Decision
from bot.refusals import said
from bot.store import audit, moments, operations, schedules, steps
from bot.store.audit import Event
from bot.store.operations import Claim
from bot.store.schema import operations as table
from bot.words import Words
from bot.words import words as _

ON_THE_CARD = 8
"""More steps than this also come as a file."""
AT_MOST = timedelta(days=14)  # after it was asked an answer stays as it is
AT_LEAST = timedelta(minutes=1)  # between an answer and the next making of it

AUDIT_BROKEN = _(
    "The audit log has a break that nobody has looked at yet, so nothing is changed. "
    "Look at it with `toban audit verify`, then `/toban acknowledge`."
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, its hash, and what the policy says of it."""

    plan: Plan
    hash: str
    decision: Decision
    needs: int  # people who must still agree
    emergency: str  # why it cannot wait for them


def make(path: Path, operation: Operation) -> Planned:
    """Plan an operation.  Only reads.  Raises UsageError or AwsError."""
    parsed = parse(path, operation.ask.line)
    plan = parsed.verb.plan(parsed.args, path.world(operation))
    decision = judge(path, operation, plan)
    return Planned(
        plan,
        plan_hash(operation.ask.line, plan),
        decision,
        still_needed(path, operation, plan, decision),
        emergency.reason(parsed.args, operation.ask.door),
    )


def parse(path: Path, line: str) -> "Parsed":
    """Read a stored line again.  Raises UsageError when it no longer fits, after an upgrade for example."""
    parsed = path.grammar.parse(line)
    if isinstance(parsed, HelpWanted):
        raise UsageError(_("{line} asks for nothing", line=line))
    return parsed


def judge(path: Path, operation: Operation, plan: Plan) -> Decision:
    """What the policy says of every step of this plan, for its asker; the plan may want more approvals."""
    parsed, door = parse(path, operation.ask.line), operation.ask.door
    verb: Verb[object] = parsed.verb
    person = path.people.person(operation.ask.asker.person)
    cannot_wait = bool(emergency.reason(parsed.args, door))
    if not plan.steps:
        return path.policy.may_ask(person, verb.action, verb.risk, door, emergency=cannot_wait)
    risks = {step.action: path.actions[step.action].risk for step in plan.steps}
    decision = path.policy.judge(person, verb.action, plan.steps, risks, door, emergency=cannot_wait)
    return decision.at_least(plan.approvals)


def plan(path: Path, held: Claim) -> None:
    """Take an operation from ASKED to an answer, to its approvals, or straight on."""
    operation = path.db.read(lambda tx: operations.get(tx, held.number))
    if operation is None:
        return
    logs.also_about(ask=operation.ask.key)
    try:
        planned = make(path, operation)
    except UsageError as error:
        why = error.said
        path.db.write(lambda tx: _end(path, tx, held, State.REFUSED, why))
    except AwsError as error:
        why = said(error)
        path.db.write(lambda tx: _end(path, tx, held, State.FAILED, why))
    else:
        _store(path, held, planned)


def stumbled(path: Path, tx: Connection, held: Claim) -> None:
    """End an operation whose plan met a mistake of ours; the log has the trace."""
    why = _("toban made a mistake here; the log tells more under #{number}", number=held.number)
    _end(path, tx, held, State.FAILED, why)


def _store(path: Path, held: Claim, planned: Planned) -> None:
    def change(tx: Connection) -> None:
        operation = operations.guard(tx, held)
        tx.execute(
            update(table)
            .where(table.c.id == held.number)
            .values(plan=plan_to_json(planned.plan), plan_hash=planned.hash, needs=planned.needs)
        )
        if not planned.decision.allowed:
            _refuse(path, tx, operation, planned.decision.why)
        elif not planned.plan.steps:
            wake = next_look(operation, planned.plan, path.now())
            operations.move(tx, held.number, State.ANSWERED, path.now(), wake=wake)
            audit.write(tx, of_operation(operation, Event.ENDED, path.now(), outcome=State.ANSWERED))
            mail.answer(path, tx, operation)
        elif stopped_by_a_break(path, tx, planned.plan):
            _refuse(path, tx, operation, AUDIT_BROKEN)
        else:
            _wait_or_queue(path, tx, operation, planned)

    path.db.write(change)
    path.ring(Topic.WORK, Topic.MAIL)


def next_look(operation: Operation, plan: Plan, now: datetime) -> datetime | None:
    """When an answer that was given at this door is made anew; what only one person sees cannot be edited.

    At a moment that has passed already it would be made anew without end: a minute lies between two looks.
    """
    if plan.again is None or operation.ask.door in {Door.SLASH, Door.FORM, Door.CLI}:
        return None
    moment = max(plan.again, now + AT_LEAST)
    return None if moment > operation.ask.at + AT_MOST else moment


def stopped_by_a_break(path: Path, tx: Connection, planned: Plan) -> bool:
    """Whether nothing may change until somebody looked at the audit log; never true of a way back."""
    return audit_watch.is_open(tx) and not all(
        path.actions[step.action].whatever_happens for step in planned.steps
    )


def _wait_or_queue(path: Path, tx: Connection, operation: Operation, planned: Planned) -> None:
    now, number, plan = path.now(), operation.number, planned.plan
    asker, cannot_wait = operation.ask.asker.person, planned.emergency if not planned.needs else ""
    could = path.policy.could_approve(path.people.everybody(), asker, plan.steps)
    steps.add(tx, number, plan.steps)
    moments.hold(tx, number, plan.steps, now)
    detail = f"{plan.summary}; emergency: {cannot_wait}" if cannot_wait else str(plan.summary)
    audit.write(tx, of_operation(operation, Event.PLANNED, now, plan_hash=planned.hash, detail=detail))
    known: dict[str, Any] = {"could_approve": list(could), "emergency": cannot_wait}
    if planned.needs:
        expires = now + path.limits.approval
        operations.move(tx, number, State.WAITING, now, wake=expires, expires=expires, **known)
    else:
        expires = now + path.limits.start
        operations.move(tx, number, State.QUEUED, now, wake=now, expires=expires, **known)
    mail.card(path, tx, operation)
    if planned.needs:
        mail.reply(path, tx, operation, "approve")
    if cannot_wait:
        emergency.shout(path, tx, operation, cannot_wait, could)
    if len(plan.steps) > ON_THE_CARD:
        mail.whole_plan(path, tx, operation)


def still_needed(path: Path, operation: Operation, plan: Plan, decision: Decision) -> int:
    """People who must click; for a schedule those who agreed to it beforehand count, within its caps."""
    schedule = path.schedules.get(operation.ask.schedule)
    if schedule is None:
        return decision.approvals
    agreed = path.db.read(lambda tx: schedules.agreed(tx, schedule.name, schedule.digest))
    deletions = sum(path.actions[step.action].risk is Risk.DESTROY for step in plan.steps)
    if len(agreed - {schedule.owner}) >= decision.approvals and deletions <= schedule.most_deletions:
        return 0
    return max(decision.approvals, 1)


def _refuse(path: Path, tx: Connection, operation: Operation, why: Words) -> None:
    operations.move(tx, operation.number, State.REFUSED, path.now(), reason=why)
    audit.write(
        tx, of_operation(operation, Event.REFUSED, path.now(), outcome=State.REFUSED, detail=str(why))
    )
    mail.private(path, tx, operation, why)
    schedule = path.schedules.get(operation.ask.schedule)  # None: a person asked, or it was removed meanwhile
    if schedule and path.people.are_known():
        standing.disable(path, tx, schedule, why, operation.ask.key)


def _end(path: Path, tx: Connection, held: Claim, state: State, why: Words) -> None:
    operation = operations.guard(tx, held)
    operations.move(tx, held.number, state, path.now(), reason=why)
    audit.write(tx, of_operation(operation, Event.ENDED, path.now(), outcome=state, detail=str(why)))
    mail.private(path, tx, operation, why)
