"""What the console script does beside running the bot: plan, search, export, verify.

These look at the database beside a bot that runs, and never write.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from aws.account import Accounts
from aws.errors import AwsError
from bot.arguments import UsageError
from bot.audit import key as audit_key
from bot.audit.anchor import Anchors
from bot.audit.export import csv_lines, jsonl
from bot.audit.key import UnusableKey
from bot.audit.search import Query, stream
from bot.audit.search import search as find
from bot.audit.verify import verify as check
from bot.canonical import plan_hash, step_to_json
from bot.command import Verb, World
from bot.flow.rules import RulesFor
from bot.grammar.grammar import Parsed
from bot.house import now
from bot.nothing import NoLedger
from bot.operation import Door
from bot.people import Directory
from bot.plan import Plan
from bot.refusals import said
from bot.rulebook import Rules, rules
from bot.settings import Settings, SettingsError
from bot.store.closed_door import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseInUse,
    DatabaseNewer,
    NotKept,
    OlderAtWork,
)
from bot.store.visit import visit

MENDABLE = (
    *(SettingsError, DatabaseAway, DatabaseDamaged, DatabaseInUse, UnusableKey, UsageError, AwsError),
    *(DatabaseNewer, DatabaseBusy, OlderAtWork, FileNotFoundError, NotKept),
)
"""What a person can mend; anything else is a mistake of ours."""


def mend(error: Exception) -> list[str]:
    """What is wrong, a sentence each."""
    match error:
        case SettingsError(mistakes=mistakes):
            return [str(mistake) for mistake in mistakes]
        case UsageError(said=wrong):
            return [str(wrong)]
        case AwsError():
            return [str(said(error))]
        case _:
            return [str(error)]


# -- plan ------------------------------------------------------------------------------------------


def plan(settings: Settings, line: str, person: str, *, as_json: bool) -> str:
    """What a line would do, for this person, by the policy as it is.  Raises UsageError or AwsError."""
    given = rules(settings)
    parsed = given.grammar.parse(line)
    if not isinstance(parsed, Parsed):
        return f"{given.grammar.help(parsed, lambda _verb: True).usage}\n"
    aws = Accounts(settings.accounts)
    with closing(aws):
        made: Plan = parsed.verb.plan(parsed.args, _world(settings, given, person, aws))
    told = _told(settings, given, parsed.verb, parsed.line, person, made)
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n" if as_json else _text(told, made)


def _world(settings: Settings, given: Rules, person: str, aws: Accounts) -> World:
    """What somebody at the console may see: AWS and the rules, no state."""
    rules_for = RulesFor(
        given.grammar,
        given.policy,
        Directory(settings.groups),
        given.actions,
        given.known.verbs,
        person,
        Door.CLI,
    )
    return World(
        now(), person, aws, NoLedger(given.schedules), rules_for, settings.zone, hours=settings.hours
    )


def _told(
    settings: Settings, given: Rules, verb: Verb[Any], line: str, person: str, made: Plan
) -> dict[str, Any]:
    risks = {step.action: given.actions[step.action].risk for step in made.steps}
    who = Directory(settings.groups).person(person)
    judged = given.policy.judge(who, verb.action, made.steps, risks, Door.CLI)
    decision = judged.at_least(made.approvals)
    return {
        "line": line,
        "summary": str(made.summary),
        "hash": plan_hash(line, made),
        "allowed": decision.allowed,
        "approvals": decision.approvals,
        "why": str(decision.why),
        "steps": [_step(step_to_json(step)) for step in made.steps],
        "left": [{"target": left.target.id, "why": str(left.why)} for left in made.left],
        "unread": [
            {"account": one.place.account, "region": one.place.region, "why": str(one.why)}
            for one in made.unread
        ],
    }


def _step(step: dict[str, Any]) -> dict[str, Any]:
    return {
        **step,
        "target": step["target"]["id"],
        "resource": step["target"],
        "warnings": len(step["warnings"]),
    }


def _text(told: dict[str, Any], made: Plan) -> str:
    lines = [f"/{told['line']}", told["summary"]]
    for step in made.steps:
        before = " ".join(f"{name}={value}" for name, value in step.before)
        after = " ".join(f"{name}={value}" for name, value in step.after)
        lines.append(f"  {step.action}  {step.target.id}  {step.target.name}  {before} -> {after}")
        lines += [f"      {warning}" for warning in step.warnings]
    lines += [f"  left: {left.target.id}: {left.why}" for left in made.left]
    lines += [f"  not read: {one.place.account}/{one.place.region}: {one.why}" for one in made.unread]
    if made.table:
        lines += ["  ".join(map(str, row)) for row in made.table.rows]
    if made.steps:
        lines.append(f"plan {told['hash']}; {told['why']}")
    return "\n".join(lines) + "\n"


# -- audit -----------------------------------------------------------------------------------------


def query(
    person: str,
    resource: str,
    operation: int | None,
    since: datetime | None,
    until: datetime | None,
    outcome: str,
    limit: int,
) -> Query:
    """What to look for; moments without a zone are UTC."""
    return Query(
        person=person,
        resource=resource,
        operation=operation,
        since=since and since.replace(tzinfo=UTC),
        until=until and until.replace(tzinfo=UTC),
        outcome=outcome,
        limit=limit,
    )


def search(settings: Settings, wanted: Query) -> list[str]:
    """The newest lines that fit, newest first, as JSON."""
    with closing(_open(settings)) as tx:
        return [
            json.dumps(asdict(row), default=datetime.isoformat, ensure_ascii=False)
            for row in find(tx, wanted)
        ]


def export(settings: Settings, form: str) -> Iterator[str]:
    """The whole log, oldest first, a piece at a time."""
    with closing(_open(settings)) as tx:
        rows = stream(tx, Query())
        yield from csv_lines(rows) if form == "csv" else jsonl(rows)


def verify(settings: Settings) -> tuple[bool, str]:
    """Whether the log is whole, and a sentence about it."""
    key = (
        audit_key.from_setting(settings.audit_key.get_secret_value())
        if settings.audit_key
        else audit_key.from_file(settings.audit_key_file)
    )
    anchors = Anchors(settings.database_file.with_suffix(".audit-anchor")).read()
    with closing(_open(settings)) as tx:
        verdict = check(tx, key, anchors)
    if verdict.first_break is None:
        return True, f"{verdict.sealed} of {verdict.rows} lines are sealed, and whole"
    return False, "\n".join(str(one.said()) for one in verdict.breaks)


def _open(settings: Settings) -> Connection:
    return visit(settings.database_url)
