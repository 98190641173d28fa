"""Try a rule on an event: whether it fits, and what it would do; nothing is done."""

# ruff: noqa: N999 - a verb is called as it is typed, and no other module imports it by name

from dataclasses import dataclass

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import words
from commands.alarm import _named_rule, _samples, _trial


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm try is told."""

    rule: str = arg(Kind.WORD, words("the rule's name"), option=False, required=True)
    event: str = arg(Kind.TEXT, words("a sample's name, or an event as JSON"), option=False, required=True)


def plan(args: Args, world: World) -> Plan:
    """What this rule would do with the event, or what of the event it does not fit."""
    rule = _named_rule.find(world, args.rule)
    return _trial.plan(_samples.sample(args.event, world), world, rule.name)


VERB = Verb(
    noun="alarm",
    name="try",
    help=words("Try a rule on an event without effect: whether it fits, and what it would do."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/alarm try abuse health_abuse",),
)
