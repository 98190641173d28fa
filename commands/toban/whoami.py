"""Show who you are to toban: your groups, and the verbs you may use."""

from dataclasses import dataclass

from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import words


@dataclass(frozen=True, slots=True)
class Args:
    """/toban whoami is told nothing."""


def plan(_args: Args, world: World) -> Plan:
    """Groups and verbs; what a plan may touch is decided step by step, which /toban why shows."""
    groups = world.rules.groups()
    verbs = [f"/{name.replace('.', ' ')}" for name in world.rules.allowed()]
    notes = (
        words("you may use: {verbs}", verbs=", ".join(verbs) or "–"),
        words("what you may do to what is decided for each plan: /toban why shows it for a line"),
    )
    if groups:
        summary = words("{person}, in {groups}", person=world.asker, groups=", ".join(groups))
    else:
        summary = words("{person}, in no group of the settings", person=world.asker)
    return Plan(summary, notes=notes)


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
