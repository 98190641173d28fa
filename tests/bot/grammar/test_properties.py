"""What holds for every line and every argument."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.arguments import UsageError
from bot.command import Verb
from bot.grammar.grammar import HelpWanted, Parsed
from bot.words import from_json, to_json
from tests.bot.grammar.disguises import disguised
from tests.bot.grammar.strategies import NASTY, asked
from tests.bot.grammar.verbs import GRAMMAR

STEADY = settings(
    derandomize=True,
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
PIECES = [
    *NASTY,
    "ec2",
    "stop",
    "snapshot",
    "prune",
    "toban",
    "cancel",
    "i-1",
    "--keep",
    "--reason",
    "=",
    "7",
    "—",
    "<",
    ">",
    "|",
    "&",
    "\x00",
    "\ud800",
    "\n",
    ",",
    "tag:",
    "name:",
]
ANYTHING = st.one_of(
    st.text(),
    st.text(st.characters()),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map(lambda rest: " ".join(["ec2 stop", *rest])),
)


def answer(text: str) -> Parsed | HelpWanted | UsageError:
    """What the grammar says, a refusal too."""
    try:
        return GRAMMAR.parse(text)
    except UsageError as refusal:
        return refusal


@STEADY
@given(ANYTHING)
def test_any_text_is_understood_or_refused_in_words(text: str) -> None:
    said = answer(text)
    if isinstance(said, UsageError):
        assert from_json(to_json(said.said)) == said.said
        assert str(said).encode()


@STEADY
@given(ANYTHING)
def test_a_line_that_was_understood_is_canonical_ever_after(text: str) -> None:
    said = answer(text)
    if isinstance(said, Parsed):
        assert GRAMMAR.parse(said.line) == said
        assert len(said.line.splitlines()) == 1


@STEADY
@given(asked())
def test_arguments_come_back_from_their_line(what: tuple[Verb[Any], Any]) -> None:
    verb, args = what
    line = GRAMMAR.render(verb, args)
    assert GRAMMAR.parse(line) == Parsed(verb, args, line)


@STEADY
@given(st.data())
def test_what_keyboards_do_to_a_line_does_not_change_it(data: st.DataObject) -> None:
    verb, args = data.draw(asked())
    line = GRAMMAR.render(verb, args)
    assert GRAMMAR.parse(data.draw(disguised(line))) == Parsed(verb, args, line)
