"""Find what would fail tomorrow morning: rights on keys, quotas, volumes, interfaces of stopped instances."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aws.account import Place
from aws.instance import Instance
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import File, Plan
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.diagnosis import gather, preflight
from commands.diagnosis.caller import caller_arg, named
from commands.diagnosis.finding import Finding
from commands.diagnosis.preflight import Check
from commands.reading import Found, accounts_arg, everywhere, regions_arg, table

OK, FAILS, UNSURE = "✓", "✗", "?"


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 preflight is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instances"), option=False, required=True, prefixes=("i-",)
    )
    caller: str = caller_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one place."""

    checks: tuple[Check, ...]
    unread: tuple[Words, ...]


def plan(args: Args, world: World) -> Plan:
    """One row for each instance that does not run; nothing changes."""
    caller = named(args.caller)
    found = instances.find(world, args.targets, args.account, args.region)
    stopped = [(place, one) for place, one in found if one.state in ("stopped", "stopping")]
    by_place = {place: [one for where, one in stopped if where == place] for place, _ in stopped}
    checked = everywhere(by_place, lambda place: [_check(world, place, by_place[place], caller)])
    rows = [(place, one) for place, each in checked for one in each.checks]
    findings = list(_grouped(one for _, one in rows))
    return Plan(
        _summary([one for _, one in rows], sum(one.state == "running" for _, one in found)),
        unread=found.unread + checked.unread,
        notes=(*(_note(of, ids) for of, ids in findings), *_unread(checked)),
        table=table(_HEADS, [_row(place, one) for place, one in sorted(rows, key=_worst_first)]),
        file=_file(of for of, _ in findings),
    )


def _check(world: World, place: Place, some: Sequence[Instance], caller: str) -> Checked:
    checks, unread = preflight.check(world, place, some, caller)
    return Checked(tuple(checks), unread)


def _summary(checks: Sequence[Check], running: int) -> Words:
    bad = sum(bool(one.findings) for one in checks)
    unsure = sum(bool(one.unsure and not one.findings) for one in checks)
    return plural(
        "of {n} stopped instance {good} would start, {bad} would not, {unsure} could not be checked wholly;"
        " {running} run already",
        "of {n} stopped instances {good} would start, {bad} would not, {unsure} could not be checked wholly;"
        " {running} run already",
        len(checks),
        good=len(checks) - bad - unsure,
        bad=bad,
        unsure=unsure,
        running=running,
    )


def _grouped(checks: Iterable[Check]) -> Iterator[tuple[Finding, list[str]]]:
    """Each reason once, with the instances that it stops."""
    by_reason: dict[str, tuple[Finding, list[str]]] = {}
    for one in checks:
        for found in one.findings:
            by_reason.setdefault(found.short, (found, []))[1].append(one.one.id)
    yield from by_reason.values()


def _note(found: Finding, ids: Sequence[str]) -> Words:
    return plural(
        "{ids} would not start: {what}. What to do: {remedy}.",
        "{n} would not start ({ids}): {what}. What to do: {remedy}.",
        len(ids),
        ids=", ".join(ids[:3]) + (" …" if len(ids) > 3 else ""),
        what=found.what,
        remedy=found.remedy,
    )


def _unread(checked: Found[Checked]) -> Iterator[Words]:
    yield from dict.fromkeys(note for _, each in checked for note in each.unread)


def _sign(one: Check) -> str:
    return FAILS if one.findings else UNSURE if one.unsure else OK


def _worst_first(row: tuple[Place, Check]) -> tuple[int, str, str]:
    return (FAILS, UNSURE, OK).index(_sign(row[1])), row[1].one.name, row[1].one.id


def _row(place: Place, one: Check) -> tuple[str, ...]:
    reasons = ", ".join([each.short for each in one.findings] + list(one.unsure)) or "–"
    return _sign(one), one.one.name, one.one.id, reasons, place.account, place.region


def _file(findings: Iterable[Finding]) -> File | None:
    """The statements that are missing, each once."""
    statements = list(dict.fromkeys(one.statement for one in findings if one.statement))
    return File("statements.json", "\n".join(statements)) if statements else None


_HEADS = (
    words("Starts"),
    words("Name"),
    words("Instance"),
    words("Because of"),
    words("Account"),
    words("Region"),
)

VERB = Verb(
    noun="ec2",
    name="preflight",
    help=words("Find out what would fail if stopped instances were started, and what to do about it."),
    args=Args,
    risk=Risk.NONE,
    iam=gather.READS,
    plan=plan,
    examples=("/ec2 preflight tag:env=dev", "/ec2 preflight i-0123456789abcdef0"),
)
