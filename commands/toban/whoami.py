"""Show who you are to toban: your groups, and the verbs you may use."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.command import Risk, Verb, World
from bot.plan import Plan, Table
from bot.words import words


@dataclass(frozen=True, slots=True)
class Args:
    """/toban whoami is told nothing."""


def plan(_args: Args, world: World) -> Plan:
    """Groups and verbs; what a plan may touch is decided step by step, which /toban why shows."""
    groups = world.rules.groups()
    note = words("what you may do to what is decided for each plan: /toban why shows it for a line")
    if groups:
        summary = words("{person}, in {groups}", person=world.asker, groups=", ".join(groups))
    else:
        summary = words("{person}, in no group of the settings", person=world.asker)
    return Plan(summary, notes=(note,), table=_table(world.rules.allowed()))


def _table(allowed: Iterable[str]) -> Table | None:
    """A line a noun: all verbs in one would be more than a message takes."""
    verbs: dict[str, list[str]] = {}
    for action in allowed:
        noun, verb = action.split(".", 1)
        verbs.setdefault(noun, []).append(verb)
    rows = tuple((f"/{noun}", ", ".join(named)) for noun, named in verbs.items())
    return Table((words("Command"), words("You may use")), rows) if rows else None


VERB = Verb(
    noun="toban",
    name="whoami",
    help=words("Show who you are to toban: your groups, and the verbs you may use."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/toban whoami",),
)
