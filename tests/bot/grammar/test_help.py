"""Asking what can be typed."""

import pytest

from bot.arguments import UsageError
from bot.grammar.grammar import Grammar, HelpWanted
from tests.bot.grammar.verbs import BY_ACTION, GRAMMAR, VERBS, VOCABULARY
from tests.by_name import by_name


@pytest.mark.parametrize(
    ("typed", "noun", "verb"),
    [
        ("", None, None),
        ("/", None, None),
        ("<@U0TOBAN>", None, None),
        ("help", None, None),
        ("Help", None, None),
        ("?", None, None),
        ("ヘルプ", None, None),
        ("—help", None, None),
        ("ec2", "ec2", None),
        ("/ｅｃ２", "ec2", None),
        ("ec2 help", "ec2", None),
        ("ec2 --help", "ec2", None),
        ("ec2 -h", "ec2", None),
        ("help ec2", "ec2", None),
        ("help ec2 stop", "ec2", "stop"),
        ("ec2 help stop", "ec2", "stop"),
        ("ec2 stop help", "ec2", "stop"),
        ("ec2 stop ?", "ec2", "stop"),
        ("ec2 stop --help", "ec2", "stop"),
        ("ec2 stop －－ｈｅｌｐ", "ec2", "stop"),
        ("ec2 stop i-1 -h", "ec2", "stop"),
        ("ec2 stop --region --help", "ec2", "stop"),
        ("ec2 stop --qqqq --help", "ec2", "stop"),
        ("toban", "toban", None),
        ("toban cancel help", "toban", "cancel"),
    ],
)
def test_help_is_asked_for_in_many_ways(typed: str, noun: str | None, verb: str | None) -> None:
    assert GRAMMAR.parse(typed) == HelpWanted(noun, verb)


def test_the_usage_is_one_line() -> None:
    assert GRAMMAR.usage(BY_ACTION["snapshot.prune"]) == (
        "/snapshot prune <targets> --keep N [--older-than TIME] [--by time|day]"
    )
    assert GRAMMAR.usage(BY_ACTION["toban.cancel"]) == "/toban cancel <operation> [<reason>]"
    assert GRAMMAR.usage(BY_ACTION["ec2.list"]) == (
        "/ec2 list [<targets>] [--account ACCOUNT]… [--region REGION]…"
    )


def test_the_overview_has_only_verbs_that_the_reader_may_use() -> None:
    page = GRAMMAR.help(HelpWanted(), lambda verb: verb.noun == "ec2")
    assert [line.code for line in page.lines] == ["/ec2 list", "/ec2 stop", "/ec2 keep"]
    assert not GRAMMAR.help(HelpWanted(), lambda _verb: False).lines


def test_a_nouns_page_has_its_verbs_and_an_example_of_each() -> None:
    page = GRAMMAR.help(HelpWanted("ec2"), lambda _verb: True)
    assert [line.code for line in page.lines] == ["/ec2 list", "/ec2 stop", "/ec2 keep"]
    assert page.examples == (
        "/ec2 list",
        "/ec2 stop tag:env=dev",
        "/ec2 keep running tag:env=dev until 22:00",
    )


def test_a_verbs_page_explains_every_argument() -> None:
    page = GRAMMAR.help(HelpWanted("ec2", "stop"), lambda _verb: True)
    assert [(line.code, str(line.text)) for line in page.lines][:2] == [
        ("<targets>", "Which instances."),
        ("--account ACCOUNT", "In these accounts."),
    ]
    assert page.usage == GRAMMAR.usage(BY_ACTION["ec2.stop"])
    assert [str(note) for note in page.notes] == [
        "Targets are ids such as i-0123456789abcdef0, name:web-*, tag:Key=Value, or all."
    ]


def test_a_verb_that_is_not_allowed_says_so() -> None:
    page = GRAMMAR.help(HelpWanted("ec2", "stop"), lambda _verb: False)
    assert "You may not use this here." in map(str, page.notes)


def test_help_about_nothing_known_is_refused() -> None:
    with pytest.raises(UsageError, match="Did you mean stop"):
        GRAMMAR.help(HelpWanted("ec2", "stpo"), lambda _verb: True)


def test_the_page_names_its_examples_with_one_slash() -> None:
    assert all(
        example.startswith("/") and not example.startswith("//")
        for verb in VERBS
        for example in Grammar(by_name([verb]), VOCABULARY)
        .help(HelpWanted(verb.noun), lambda _verb: True)
        .examples
    )
