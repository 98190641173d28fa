"""Arguments of every kind, and what keyboards make of a canonical line."""

import re
from dataclasses import fields
from datetime import time, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.arguments import Arg, Kind
from bot.command import Verb
from bot.moment import Moment
from bot.schedule import DAYS, Times
from bot.targets import Targets
from tests.bot.grammar.verbs import VERBS, VOCABULARY

CHARACTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
NASTY = [
    "--force",
    "—force",
    "-5",
    "<@U1>",
    "<@U1|a b>",
    "&amp;",
    "<http://a|b>",
    "a=b",
    "ＷＥＢ",
    "all",
    "“x”",
    "\\",
    '"',
    "help",
    "until",
    "On",
    "?",
    "'",
    " ",
    "　",
    "tag:a=b",
    "ー",
    "\u200b",
    "`",
    "i-0123456789abcdef0",
]
VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.text(CHARACTERS, min_size=1, max_size=20),
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=4).map("".join),
)
LINES = ["/ec2 list", '/ec2 stop name:"a b" tag:a=b --force', '/shell command "echo \\"x\\"" --on all']
ZONES = ["", "Asia/Tokyo", "America/Argentina/Buenos_Aires", "UTC"]
HEX = st.text("0123456789abcdef", min_size=1, max_size=17)


def targets(prefixes: tuple[str, ...]) -> st.SearchStrategy[Targets]:
    names = VALUES.filter(
        lambda word: not word.startswith(("tag:", "name:")) and not re.fullmatch("i-[0-9a-f]{17}", word)
    )
    ids = st.builds("".join, st.tuples(st.sampled_from(prefixes), HEX)) if prefixes else names
    some = st.builds(
        Targets,
        ids=_few(ids),
        names=_few(VALUES),
        tags=_few(st.tuples(VALUES, st.one_of(st.just(""), VALUES))),
    ).filter(lambda target: target != Targets())
    return st.one_of(some, st.just(Targets(everything=True)))


def _minute(clock: time) -> time:
    return clock.replace(second=0, microsecond=0, fold=0)


def _days() -> st.SearchStrategy[tuple[str, ...]]:
    some = st.sets(st.sampled_from(DAYS), min_size=1)
    return some.map(lambda chosen: tuple(day for day in DAYS if day in chosen))


def _few(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3, unique=True).map(tuple)


def _one(declared: Arg) -> st.SearchStrategy[Any]:
    least, most = declared.at_least or 0, declared.at_most or 10**9
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TARGETS: targets(declared.prefixes),
        Kind.NUMBER: st.integers(least, most),
        Kind.DURATION: st.integers(least, most).map(lambda seconds: timedelta(seconds=seconds)),
        Kind.MOMENT: st.builds(Moment, st.times().map(_minute), st.none() | st.dates()),
        Kind.CHOICE: st.sampled_from(declared.choices or ("",)),
        Kind.FLAG: st.booleans(),
        Kind.PERSON: st.from_regex("[UW][A-Z0-9]{1,10}", fullmatch=True),
        Kind.ACCOUNT: st.sampled_from(VOCABULARY.accounts),
        Kind.REGION: st.sampled_from(VOCABULARY.regions),
        Kind.SCHEDULE: st.sampled_from(tuple(VOCABULARY.schedules)),
        Kind.CALENDAR: st.sampled_from(VOCABULARY.calendars),
        Kind.LINE: st.sampled_from(LINES),
        Kind.TIMES: st.builds(Times, _days(), st.times().map("{:%H:%M}".format), st.sampled_from(ZONES)),
        Kind.WORD: st.one_of(VALUES, st.just("")),
        Kind.TEXT: st.one_of(VALUES, st.just("")),
    }
    return by_kind[declared.kind]


def _value(declared: Arg) -> st.SearchStrategy[Any]:
    one = _one(declared)
    if not declared.many:
        return one
    return st.lists(one, max_size=3, unique=declared.kind is not Kind.WORD).map(tuple)


@st.composite
def asked(draw: st.DrawFn) -> tuple[Verb[Any], Any]:
    """A verb with arguments that it could have been given."""
    verb = draw(st.sampled_from(VERBS))
    given = {}
    for each in fields(verb.args):
        declared: Arg = each.metadata["arg"]
        if declared.required or draw(st.booleans()):
            given[each.name] = draw(_value(declared))
    return verb, verb.args(**given)
