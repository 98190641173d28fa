"""Show the config's rules, in the order in which they are tried: what fits, and what is done with it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.command import Risk, Verb, World
from bot.plan import Cell, Plan, Table
from bot.trouble import Rule, Silence
from bot.words import Words, plural, words

SHOWN = 90  # characters of a pattern


@dataclass(frozen=True, slots=True)
class Args:
    """/alarm rules is told nothing."""


def plan(_args: Args, world: World) -> Plan:
    """One row for each rule; nothing changes."""
    rules, fired = world.troubles.rules(), world.troubles.fired()
    heads = (
        words("Rule"),
        words("Fits"),
        words("Channel"),
        words("Severity"),
        words("Mentions"),
        words("Asks"),
        words("Last alarm"),
    )
    rows = tuple(_row(one, words("{at}", at=fired[one.name]) if one.name in fired else "–") for one in rules)
    notes = tuple(silent(one) for one in world.troubles.silences())
    if not rules:
        return Plan(words("The config has no rules: nothing that AWS says is told of."), notes=notes)
    summary = plural(
        "{n} rule; the first that fits an event counts",
        "{n} rules; the first that fits an event counts",
        len(rules),
    )
    return Plan(summary, notes=notes, table=Table(heads, rows))


def silent(one: Silence) -> Words:
    """What nobody wants to hear of, until when, and how that ends."""
    if one.subject:
        return words(
            "{subject} is silent for the rule {rule} until {until}, since {person} wants it so",
            subject=one.subject,
            rule=one.rule,
            until=one.until,
            person=one.person,
        )
    return words(
        "the rule {rule} is silent until {until}, since {person} wants it so; `{line}` ends that",
        rule=one.rule,
        until=one.until,
        person=one.person,
        line=f"/alarm silence rule:{one.rule} --end",
    )


def _row(one: Rule, last: Cell) -> tuple[Cell, ...]:
    severity = one.severity.value if one.severity else "–"
    called = " → ".join(filter(None, (one.mention, one.wider, one.topic.rpartition(":")[2])))
    return (one.name, short(one.pattern), one.channel, severity, called or "–", one.do or "–", last)


def short(pattern: Mapping[str, Any]) -> str:
    """A pattern in a line: ``source=aws.ec2 detail.state=stopped,terminated``."""
    text = " ".join(_fields(pattern, ""))
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _fields(pattern: Mapping[str, Any], where: str) -> Iterator[str]:
    for name, wanted in pattern.items():
        here = f"{where}.{name}" if where else name
        if isinstance(wanted, Mapping):
            yield from _fields(wanted, here)
        else:
            yield f"{here}={','.join(map(_value, wanted))}"


def _value(wanted: Any) -> str:
    return wanted if isinstance(wanted, str) else json.dumps(wanted, ensure_ascii=False)


VERB = Verb(
    noun="alarm",
    name="rules",
    help=words("Show the config's rules: which events fit, where they are told, and what is asked then."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/alarm rules",),
)
