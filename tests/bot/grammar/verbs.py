"""A few verbs and a config's words to read and write lines with."""

# ruff: noqa: RUF009 - `arg` makes a dataclass field

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.arguments import Kind, arg
from bot.command import Risk, Verb
from bot.grammar.grammar import Grammar, Vocabulary
from bot.moment import Moment
from bot.plan import Plan
from bot.schedule import Times
from bot.targets import Targets
from bot.words import words
from tests.by_name import by_name

VOCABULARY = Vocabulary(
    accounts=("dev", "prod", "Sandbox-1"),
    regions=("us-east-1", "ap-northeast-1", "eu-west-1"),
    schedules=("nightly", "office-hours", "夜間"),
    calendars=("office-tokyo", "on", "夜勤"),
)


@dataclass(frozen=True, slots=True)
class ListArgs:
    targets: Targets = arg(
        Kind.TARGETS, words("Which instances."), option=False, prefixes=("i-",), default=Targets()
    )
    account: tuple[str, ...] = arg(Kind.ACCOUNT, words("In these accounts."), many=True, default=())
    region: tuple[str, ...] = arg(Kind.REGION, words("In these regions."), many=True, default=())


@dataclass(frozen=True, slots=True)
class StopArgs:
    targets: Targets = arg(
        Kind.TARGETS, words("Which instances."), option=False, required=True, prefixes=("i-",)
    )
    account: tuple[str, ...] = arg(Kind.ACCOUNT, words("In these accounts."), many=True, default=())
    region: tuple[str, ...] = arg(Kind.REGION, words("In these regions."), many=True, default=())
    force: bool = arg(Kind.FLAG, words("Without waiting for the system."), default=False)
    reason: str = arg(Kind.TEXT, words("Why."), default="")


@dataclass(frozen=True, slots=True)
class CreateArgs:
    targets: Targets = arg(
        Kind.TARGETS, words("Of what."), option=False, required=True, prefixes=("vol-", "i-")
    )
    label: tuple[str, ...] = arg(Kind.WORD, words("Words to find it by."), many=True, default=())
    within: timedelta = arg(
        Kind.DURATION, words("Until it must be complete."), default=timedelta(hours=1), at_least=60
    )


@dataclass(frozen=True, slots=True)
class PruneArgs:
    targets: Targets = arg(
        Kind.TARGETS, words("Of which volumes."), option=False, required=True, prefixes=("vol-",)
    )
    keep: int = arg(Kind.NUMBER, words("How many stay."), required=True, at_least=1, at_most=500)
    older_than: timedelta = arg(
        Kind.DURATION, words("Younger ones stay."), default=timedelta(0), at_most=31536000
    )
    by: str = arg(Kind.CHOICE, words("What a generation is."), choices=("time", "day"), default="time")


@dataclass(frozen=True, slots=True)
class FailoverArgs:
    database: Targets = arg(Kind.TARGETS, words("Which databases."), option=False, required=True)


@dataclass(frozen=True, slots=True)
class AuditArgs:
    person: tuple[str, ...] = arg(Kind.PERSON, words("Who."), many=True, default=())
    resource: str = arg(Kind.WORD, words("On what."), default="")
    since: timedelta = arg(Kind.DURATION, words("How far back."), default=timedelta(days=1))
    outcome: str = arg(Kind.CHOICE, words("How it ended."), choices=("done", "failed", "unknown"), default="")
    limit: int = arg(Kind.NUMBER, words("How many lines."), default=20, at_most=1000)


@dataclass(frozen=True, slots=True)
class CancelArgs:
    operation: int = arg(Kind.NUMBER, words("Its number."), option=False, required=True)
    reason: str = arg(Kind.TEXT, words("Why."), option=False, default="")


@dataclass(frozen=True, slots=True)
class RunArgs:
    name: str = arg(Kind.SCHEDULE, words("Which schedule."), option=False, required=True)


@dataclass(frozen=True, slots=True)
class ScheduleArgs:
    when: Times = arg(Kind.TIMES, words("Days, a time, a zone."), option=False, required=True)
    line: str = arg(Kind.LINE, words("What is asked then."), option=False, required=True)
    name: str = arg(Kind.WORD, words("Its name."), default="")
    grace: timedelta = arg(Kind.DURATION, words("How late."), default=timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class ShellArgs:
    command: str = arg(Kind.WORD, words("What is run."), option=False, required=True)
    on: Targets = arg(Kind.TARGETS, words("Where."), required=True, prefixes=("i-",))
    given: tuple[str, ...] = arg(Kind.WORD, words("Its values."), many=True, spreads=True, default=())
    emergency: str = arg(Kind.TEXT, words("Why now."), default="")


@dataclass(frozen=True, slots=True)
class KeepArgs:
    state: str = arg(
        Kind.CHOICE, words("As what."), option=False, required=True, choices=("running", "stopped")
    )
    targets: Targets = arg(
        Kind.TARGETS, words("Which instances."), option=False, required=True, prefixes=("i-",)
    )
    until: Moment = arg(Kind.MOMENT, words("Until when."), required=True)
    account: tuple[str, ...] = arg(Kind.ACCOUNT, words("In these accounts."), many=True, default=())
    reason: str = arg(Kind.TEXT, words("Why."), default="")


@dataclass(frozen=True, slots=True)
class StartArgs:
    database: Targets = arg(Kind.TARGETS, words("Which databases."), option=False, required=True)
    hours: str = arg(Kind.CALENDAR, words("As whose hours say."), default="")
    for_: timedelta | None = arg(Kind.DURATION, words("Only so long."), default=None)
    on: tuple[str, ...] = arg(Kind.WORD, words("On which hosts."), many=True, default=())


@dataclass(frozen=True, slots=True)
class NoArgs:
    pass


def verb(noun: str, name: str, args: type[Any], example: str = "", *, default: bool = False) -> Verb[Any]:
    """A verb that plans nothing."""
    return Verb(
        noun,
        name,
        words("Does it."),
        args,
        Risk.CHANGE,
        (),
        lambda _args, _world: Plan(words("Nothing.")),
        (example or f"{noun} {name}",),
        default=default,
    )


VERBS = (
    verb("ec2", "list", ListArgs),
    verb("ec2", "stop", StopArgs, "ec2 stop tag:env=dev"),
    verb("snapshot", "create", CreateArgs),
    verb("snapshot", "prune", PruneArgs),
    verb("rds", "failover", FailoverArgs),
    verb("rds", "start", StartArgs),
    verb("ec2", "keep", KeepArgs, "ec2 keep running tag:env=dev until 22:00"),
    verb("toban", "audit", AuditArgs),
    verb("toban", "cancel", CancelArgs),
    verb("toban", "help", NoArgs),
    verb("schedule", "run", RunArgs),
    verb("schedule", "add", ScheduleArgs, 'schedule add "daily 09:00" ec2 stop tag:env=dev'),
    verb("shell", "command", ShellArgs, default=True),
)
BY_ACTION = by_name(VERBS)
GRAMMAR = Grammar(BY_ACTION, VOCABULARY)
