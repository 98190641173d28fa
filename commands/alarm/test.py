"""Try an event: what it means, which rule fits it first, and what would be done; nothing is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan, Table
from bot.words import plural, words
from commands.alarm import _samples, _trial


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm test is told."""

    event: str = arg(
        Kind.TEXT,
        words("a sample's name, or an event as JSON; nothing: the samples"),
        option=False,
        default="",
    )


def plan(args: Args, world: World) -> Plan:
    """What would happen; without an event the samples there are."""
    if not args.event:
        return _all(world)
    return _trial.plan(_samples.sample(args.event, world), world)


def _all(world: World) -> Plan:
    heads = (words("Sample"), words("Source"), words("What"))
    known = [(name, _samples.shipped(name, world).envelope) for name in _samples.names()]
    rows = tuple((name, *_said(one)) for name, one in known)
    summary = plural(
        "{n} sample to try: `/alarm test NAME`", "{n} samples to try: `/alarm test NAME`", len(rows)
    )
    return Plan(summary, table=Table(heads, rows))


def _said(one: Mapping[str, Any]) -> tuple[str, str]:
    """Who says it, and what; a notification of SNS's has a subject instead."""
    return str(one.get("source", "SNS")), str(one.get("detail-type") or one.get("Subject", ""))


VERB = Verb(
    noun="alarm",
    name="test",
    help=words("Try an event without effect: what it means, which rule fits it, and what would be done."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/alarm test", "/alarm test health_abuse"),
)
