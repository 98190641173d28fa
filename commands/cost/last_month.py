"""Show what last month cost, beside the month before it."""

from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import words
from commands.bill.period import DAY, of_month, today
from commands.cost import _question


def plan(args: _question.Args, world: World) -> Plan:
    """A table; nothing changes."""
    return _question.answer(args, world, of_month(today(world.due) - DAY))


VERB = Verb(
    noun="cost",
    name="last-month",
    help=words("Show what last month cost, beside the month before."),
    args=_question.Args,
    risk=Risk.NONE,
    iam=_question.IAM,
    plan=plan,
    examples=("/cost last month", "/cost last month --by region --account prod"),
)
