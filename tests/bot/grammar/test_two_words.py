"""Verbs of two words: typed with a space or a hyphen, read and stored with the space."""

import pytest

from bot.arguments import UsageError
from bot.grammar.grammar import Grammar, HelpWanted, Parsed, Vocabulary
from bot.verbs import verbs

GRAMMAR = Grammar(verbs().verbs, Vocabulary(("prod",), ("ap-northeast-1",)))


@pytest.mark.parametrize("typed", ["/cost last month", "cost last-month", "/cost LAST　month"])
def test_both_spellings_are_one_line(typed: str) -> None:
    parsed = GRAMMAR.parse(typed)
    assert isinstance(parsed, Parsed)
    assert parsed.line == "cost last month"


def test_what_stands_behind_them_is_kept() -> None:
    parsed = GRAMMAR.parse("/cost last month --account prod")
    assert isinstance(parsed, Parsed)
    assert parsed.line == "cost last month --account prod"


def test_help_is_given_on_them() -> None:
    assert GRAMMAR.parse("/cost last month --help") == HelpWanted("cost", "last-month")


def test_the_first_word_alone_says_which_may_follow() -> None:
    with pytest.raises(UsageError, match="needs one word more: month"):
        GRAMMAR.parse("/cost last")


def test_a_second_word_that_is_none_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"/failover run has no “zoen”\. Did you mean zone\?"):
        GRAMMAR.parse("/failover run zoen ap-northeast-1a")
    with pytest.raises(UsageError, match=r"/cost last has no “yearning”\. Choose from month\."):
        GRAMMAR.parse("/cost last yearning")


def test_help_is_read_as_it_is_typed() -> None:
    page = GRAMMAR.help(HelpWanted("failover"), lambda _verb: True)
    lines = [line.code for line in page.lines]
    assert "/failover run zone" in lines
    assert not any("run-" in text or "prepare-" in text for text in (*lines, *page.examples))


def test_a_quoted_word_is_never_half_a_verb() -> None:
    with pytest.raises(UsageError):
        GRAMMAR.parse('/cost last "month"')
