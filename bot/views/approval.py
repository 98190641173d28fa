"""Approvals on a card: who agreed, who is asked, until when; and the buttons."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.command import Risk
from bot.operation import ENDS, Approval, Operation, Report, State
from bot.views.blocks import Block, actions, button, confirm
from bot.views.speaker import Speaker
from bot.views.text import clipped
from bot.words import Words, plural, words

APPROVE, DENY, CANCEL, REVIEW = "toban.approve", "toban.deny", "toban.cancel", "toban.review"
ASKED = 5  # people named; more would make every line a crowd


def approval_lines(report: Report, speak: Speaker) -> list[str]:
    """Who decided what so far, who is asked, and until when."""
    said = [
        words("approved by {person}", person=each.person) for each in _of_this_plan(report) if each.agrees
    ]
    said += denials(report) + _emergency(report.operation)
    if report.operation.state is State.WAITING:
        said += _waiting(report)
    return [speak.text(line, 260) for line in said[:6]]


def _emergency(operation: Operation) -> list[Words]:
    """Who could not wait, why, and who looked at it since."""
    if not operation.emergency:
        return []
    who, why = operation.ask.asker.person, operation.emergency
    said = [words("🚨 {person} could not wait for an approval: {reason}", person=who, reason=why)]
    if operation.reviewed_by:
        return [*said, words("reviewed by {person}", person=operation.reviewed_by)]
    return [*said, words("not reviewed yet")]


def denials(report: Report) -> list[Words]:
    """Who said no, and why; nothing when the operation's own reason tells it."""
    if report.operation.reason:
        return []
    return [_denied(each.person, each.reason) for each in _of_this_plan(report) if not each.agrees]


def people(persons: Sequence[str]) -> tuple[Words, ...]:
    """The first few people, and how many more."""
    named = tuple(words("{person}", person=person) for person in persons[:ASKED])
    more = len(persons) - len(named)
    return (*named, plural("{n} more person", "{n} more people", more)) if more else named


def buttons(report: Report, speak: Speaker, risk: Risk) -> list[Block]:
    """The buttons that make sense in this state, in one row; none at an end."""
    operation = report.operation
    if operation.wants_review and operation.state in ENDS:
        return [actions([_reviewed(operation, speak)])]
    if operation.state is State.WAITING:
        return [actions([_approve(report, speak, risk), _deny(operation, speak), _cancel(operation, speak)])]
    if operation.state in {State.QUEUED, State.RUNNING} and not operation.cancelled_by:
        return [actions([_cancel(operation, speak)])]
    return []


def decisions(report: Report, speak: Speaker, risk: Risk) -> list[Block]:
    """The two buttons of somebody who could approve."""
    return [_approve(report, speak, risk), _deny(report.operation, speak)]


def button_value(operation: Operation) -> str:
    """What a click brings back: the operation, and the plan the person saw."""
    return json.dumps({"op": operation.number, "hash": operation.plan_hash}, separators=(",", ":"))


def _waiting(report: Report) -> list[Words]:
    have = sum(approval.agrees for approval in _of_this_plan(report))
    counted = words("{have} of {needs} approvals", have=have, needs=report.operation.needs)
    if not report.operation.could_approve:
        return [
            counted,
            words("nobody can approve this: ask whoever keeps the policy"),
            *_until(report.operation.expires),
        ]
    asks = words("asking {people}", people=people(report.operation.could_approve))
    return [words("{counted}; {asks}", counted=counted, asks=asks), *_until(report.operation.expires)]


def _until(expires: datetime | None) -> list[Words]:
    return [words("expires at {at}", at=expires)] if expires else []


def _denied(person: str, reason: str) -> Words:
    if reason:
        return words("denied by {person}: {reason}", person=person, reason=reason)
    return words("denied by {person}", person=person)


def _of_this_plan(report: Report) -> list[Approval]:
    return [each for each in report.approvals if each.plan_hash == report.operation.plan_hash]


def _approve(report: Report, speak: Speaker, risk: Risk) -> Block:
    operation = report.operation
    label = speak.plain(words("Approve"))
    asks = _confirm(report, speak) if risk is Risk.DESTROY or _warned(report) else None
    return button(label, APPROVE, button_value(operation), "primary", asks)


def _reviewed(operation: Operation, speak: Speaker) -> Block:
    return button(speak.plain(words("Reviewed")), REVIEW, button_value(operation), "primary")


def _deny(operation: Operation, speak: Speaker) -> Block:
    return button(speak.plain(words("Deny")), DENY, button_value(operation), "danger")


def _cancel(operation: Operation, speak: Speaker) -> Block:
    return button(speak.plain(words("Cancel")), CANCEL, button_value(operation))


def _warned(report: Report) -> list[Words]:
    return [warning for row in report.steps for warning in row.step.warnings]


def _confirm(report: Report, speak: Speaker) -> Block:
    operation = report.operation
    summary = [speak.text(operation.plan.summary, 140)] if operation.plan else []
    warning = [f"⚠️ {speak.text(said, 140)}" for said in _warned(report)[:1]]
    return confirm(
        speak.plain(words("Approve #{number}?", number=operation.number)),
        clipped("\n".join([*summary, *warning]), 300),
        speak.plain(words("Approve")),
        speak.plain(words("Not yet")),
    )
