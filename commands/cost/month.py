"""Show what this month has cost, beside last month to the same day."""

from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import words
from commands.bill.period import month_day, to_date
from commands.cost import _question


def plan(args: _question.Args, world: World) -> Plan:
    """A table; nothing changes."""
    return _question.answer(args, world, to_date(month_day(world.due)))


VERB = Verb(
    noun="cost",
    name="month",
    help=words("Show what this month has cost, beside last month to the same day."),
    args=_question.Args,
    risk=Risk.NONE,
    iam=_question.IAM,
    plan=plan,
    examples=("/cost month", "/cost month --by tag:team --chart"),
)
