"""Show what yesterday cost, beside the same weekday before."""

from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import words
from commands.bill.period import DAY, of_day, today
from commands.cost import _question


def plan(args: _question.Args, world: World) -> Plan:
    """A table; nothing changes."""
    return _question.answer(args, world, of_day(today(world.due) - DAY))


VERB = Verb(
    noun="cost",
    name="yesterday",
    help=words("Show what yesterday cost, beside the same weekday before."),
    args=_question.Args,
    risk=Risk.NONE,
    iam=_question.IAM,
    plan=plan,
    examples=("/cost yesterday", "/cost yesterday --by usage --top 20"),
)
