"""Show what today has cost until now, as far as AWS has it."""

from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import words
from commands.bill.period import of_day, today
from commands.cost import _question


def plan(args: _question.Args, world: World) -> Plan:
    """A table; nothing changes."""
    return _question.answer(args, world, of_day(today(world.due)))


VERB = Verb(
    noun="cost",
    name="today",
    help=words("Show what today has cost until now, as far as AWS has it."),
    args=_question.Args,
    risk=Risk.NONE,
    iam=_question.IAM,
    plan=plan,
    examples=("/cost today", "/cost today --by account"),
)
