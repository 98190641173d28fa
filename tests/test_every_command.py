"""What holds for every command, so that nobody has to remember it."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import botocore.session
import pytest

import commands
from bot.arguments import UsageError
from bot.command import Action, Replay, Risk, Verb
from bot.grammar.grammar import Grammar, HelpWanted, Parsed, Vocabulary
from tests.by_name import by_name

VERBS = commands.load()
ACTIONS = tuple(dict.fromkeys(action for verb in VERBS for action in verb.actions))
PLACES = ("dev", "prod"), ("ap-northeast-1", "us-east-1")
GRAMMAR = Grammar(by_name(VERBS), Vocabulary(*PLACES, ("nightly", "dev-off"), ("office-tokyo",)))
TESTS = Path(__file__).parent / "commands"
READING = ("Describe", "Get", "List", "Lookup", "Simulate")

EVERY = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.action)
EVERY_ACTION = pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
STRANGE = [
    "",
    "  ",
    "'",
    '"',
    "\\",
    "i-\x00",
    "\ud800",
    "i- " * 500,
    "tag:" + "x" * 5000,
    "--",
    "—",
    "--keep",
    "--keep -1",
    "--keep 99999999999999999999",
    "--since 9999999999d",
    "--no-such-option=1",
    "tag:= name: all all",
    "<@U0> <#C0|x> <https://example.com|x>",
    "１２３　ａｌｌ",
]


def module_of(verb: Verb[Any]) -> str:
    """A hyphen is typed; a module has an underscore there."""
    return f"commands.{verb.noun}.{verb.name.replace('-', '_')}"


@EVERY
def test_it_says_what_it_does(verb: Verb[Any]) -> None:
    """The help is one sentence, and its module says what it is, too."""
    assert str(verb.help).endswith(".")
    assert ". " not in str(verb.help)
    module = sys.modules[module_of(verb)]
    assert (module.__doc__ or "").split("\n\n")[0].strip().endswith(".")


@EVERY
def test_its_file_is_its_name(verb: Verb[Any]) -> None:
    """Who knows what is typed knows where it is written."""
    assert sys.modules[module_of(verb)].VERB is verb


@EVERY
def test_its_usage_begins_as_it_is_typed(verb: Verb[Any]) -> None:
    assert GRAMMAR.usage(verb).startswith(f"/{verb.typed}")


@EVERY
def test_its_examples_are_canonical_lines_of_its_own(verb: Verb[Any]) -> None:
    """What is typed is stored as it reads, with quotes around a sentence that came without."""
    assert verb.examples
    for example in verb.examples:
        parsed = GRAMMAR.parse(example)
        assert isinstance(parsed, Parsed)
        assert parsed.verb is verb
        assert GRAMMAR.parse(parsed.line) == parsed
        assert f"/{parsed.line}".replace('"', "") == example.replace('"', "")


@EVERY
@pytest.mark.parametrize("asking", ["--help", "help", "-h", "?", "ヘルプ"])
def test_help_is_never_far(verb: Verb[Any], asking: str) -> None:
    wanted = GRAMMAR.parse(f"/{verb.noun} {verb.name} {asking}")
    assert wanted == HelpWanted(verb.noun, verb.name)
    assert GRAMMAR.help(HelpWanted(verb.noun, verb.name), lambda _: True).usage


@EVERY
@pytest.mark.parametrize("strange", STRANGE, ids=[f"{n}" for n in range(len(STRANGE))])
def test_strange_words_end_in_words_never_in_a_crash(verb: Verb[Any], strange: str) -> None:
    try:
        understood = GRAMMAR.parse(f"/{verb.noun} {verb.name} {strange}")
    except UsageError as error:
        assert str(error)  # noqa: PT017 - the error is one of the two good ends
    else:
        assert isinstance(understood, Parsed | HelpWanted)


@EVERY
def test_it_has_a_test_of_its_own(verb: Verb[Any]) -> None:
    assert (TESTS / verb.noun / f"test_{verb.name.replace('-', '_')}.py").exists()


@EVERY
def test_it_names_its_iam_actions_as_aws_does(verb: Verb[Any]) -> None:
    assert unknown(verb.iam) == []
    assert [name for name in verb.iam if not name.partition(":")[2].startswith(READING)] == []


ENDS_A_FAULT = "failover.abort"
"""It changes something and is asked like a question: whoever may ask anything may end a fault."""


@EVERY
def test_what_only_answers_has_no_action_and_what_changes_has_one(verb: Verb[Any]) -> None:
    if verb.action == ENDS_A_FAULT:
        return
    assert bool(verb.actions) is (verb.risk is not Risk.NONE)
    assert all(action.risk is not Risk.NONE for action in verb.actions)


@EVERY_ACTION
def test_an_action_is_named_noun_and_verb_once(action: Action) -> None:
    noun, _, name = action.name.partition(".")
    assert noun.isidentifier()
    assert name.replace("-", "_").isidentifier()
    assert [one for one in ACTIONS if one.name == action.name] == [action]


@EVERY_ACTION
def test_an_action_names_its_iam_actions_as_aws_does(action: Action) -> None:
    assert unknown(action.iam) == []


@EVERY_ACTION
def test_an_action_says_how_it_may_be_repeated(action: Action) -> None:
    """Only what is looked for by its tag has a way to look for it."""
    assert isinstance(action.replay, Replay)
    assert (action.find is not None) is (action.replay is Replay.BY_TAG)


@EVERY_ACTION
def test_an_action_looks_in_time(action: Action) -> None:
    assert 0 < action.every.total_seconds() < action.within.total_seconds()
    assert action.settles.total_seconds() > 0
    assert action.most >= 1


SERVICES = {
    "elasticloadbalancing": "elbv2",
    "servicequotas": "service-quotas",
    "ses": "sesv2",
}
"""botocore's name of a service where IAM's prefix is another."""
NO_OPERATION = {"iam:PassRole"}
"""Rights that other operations ask for ("Grant a user permissions to pass a role", IAM user guide)."""


def unknown(names: Iterable[str]) -> list[str]:
    """Those that are no `prefix:Operation` of botocore's models, nor a right that stands for no operation."""
    session = botocore.session.get_session()
    known = set(session.get_available_services())

    def operations(prefix: str) -> list[str]:
        service = SERVICES.get(prefix, prefix)
        return session.get_service_model(service).operation_names if service in known else []

    return [
        name
        for name in names
        if name not in NO_OPERATION and name.partition(":")[2] not in operations(name.partition(":")[0])
    ]
