"""Search the audit log: who did what to which resource, when, and how it ended."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.arguments import Kind, arg
from bot.brief import AuditLine, AuditQuery
from bot.command import Risk, Verb, World
from bot.plan import File, Plan
from bot.words import plural, words
from commands.reading import table

IN_A_MESSAGE = 20
IN_A_FILE = 10_000


@dataclass(frozen=True, slots=True)
class Args:
    """What /toban audit is told."""

    person: str = arg(Kind.PERSON, words("only what this person asked or approved"), default="")
    resource: str = arg(Kind.WORD, words("only about this resource id"), default="")
    operation: int | None = arg(Kind.NUMBER, words("only this operation"), at_least=1)
    since: timedelta | None = arg(Kind.DURATION, words("only so far back, such as 7d"))
    outcome: str = arg(
        Kind.CHOICE,
        words("only what ended so"),
        default="",
        choices=("done", "failed", "skipped", "unknown", "refused", "denied", "expired", "cancelled"),
    )
    format: str = arg(
        Kind.CHOICE,
        words("as a table here, or as a file"),
        default="table",
        choices=("table", "jsonl", "csv"),
    )


def plan(args: Args, world: World) -> Plan:
    """The newest lines first; nothing changes."""
    limit = IN_A_MESSAGE if args.format == "table" else IN_A_FILE
    query = AuditQuery(
        person=args.person,
        resource=args.resource,
        operation=args.operation,
        since=world.now - args.since if args.since else None,
        outcome=args.outcome,
        limit=limit,
    )
    lines = world.ledger.search(query)
    summary = plural("{n} line of the audit log", "{n} lines of the audit log", len(lines))
    if args.format == "jsonl":
        return Plan(summary, file=File("audit.jsonl", "".join(f"{one}\n" for one in _jsonl(lines))))
    if args.format == "csv":
        return Plan(summary, file=File("audit.csv", _csv(lines)))
    heads = (words("When"), words("Event"), words("Who"), words("Operation"), words("What"), words("Outcome"))
    return Plan(summary, table=table(heads, [_row(one) for one in lines]))


def _row(one: AuditLine) -> tuple[str, ...]:
    return (
        f"{one.at:%Y-%m-%d %H:%M:%S}Z",
        one.event,
        f"<@{one.person}>" if one.person else "",
        f"#{one.operation}" if one.operation else "",
        one.resource or one.line,
        one.outcome,
    )


def _jsonl(lines: Iterable[AuditLine]) -> Iterable[str]:
    for one in lines:
        yield json.dumps(asdict(one), default=datetime.isoformat, ensure_ascii=False)


def _csv(lines: Iterable[AuditLine]) -> str:
    out = io.StringIO(newline="")
    names = list(AuditLine.__dataclass_fields__)
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    for one in lines:
        writer.writerow({name: _cell(value) for name, value in asdict(one).items()})
    return out.getvalue()


def _cell(value: object) -> str:
    """A cell that a spreadsheet does not take for a formula ("CSV Injection", OWASP)."""
    text = value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


VERB = Verb(
    noun="toban",
    name="audit",
    help=words("Search the audit log: who did what to which resource, when, and how it ended."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=(
        "/toban audit",
        "/toban audit --resource i-0123456789abcdef0 --since 30d",
        "/toban audit --outcome failed --format csv",
    ),
)
