"""Examples from the reader's own estate."""

from typing import Any

import pytest

import commands
from bot.command import Verb
from bot.grammar.examples import Samples
from bot.grammar.grammar import Grammar, HelpWanted, Parsed, Vocabulary
from tests.bot.grammar.verbs import RunArgs
from tests.bot.grammar.verbs import verb as made
from tests.by_name import by_name

VERBS = commands.load()
GRAMMAR = Grammar(by_name(VERBS), Vocabulary(("shop",), ("eu-west-1", "us-east-1"), ()))
NOTHING = Samples()
INSTANCES = Samples(
    ids=("i-0aa", "vol-0bb"), names=("検索-*",), tags=(("env", "検証 2"),), account="shop", region="us-east-1"
)


def examples(noun: str, verb: str, samples: Samples = NOTHING) -> tuple[str, ...]:
    return GRAMMAR.help(HelpWanted(noun, verb), lambda _: True, lambda _: samples).examples


def test_an_example_names_what_is_really_there() -> None:
    assert examples("ec2", "stop", INSTANCES)[0].startswith("/ec2 stop i-0aa")
    assert examples("ec2", "list", INSTANCES) == (
        "/ec2 list",
        '/ec2 list tag:env="検証 2"',
        "/ec2 list name:検索-* --region us-east-1",
    )


def test_without_a_reading_the_declared_ones_stand_with_places_that_exist() -> None:
    assert examples("ec2", "list") == (
        "/ec2 list",
        "/ec2 list tag:env=dev",
        "/ec2 list name:web-* --region eu-west-1",
    )


def test_a_schedule_that_nobody_has_is_exchanged() -> None:
    assert of_a_schedule("夜間 1") == ('/schedule run "夜間 1"',)


def test_what_nobody_here_could_type_is_left_out() -> None:
    assert of_a_schedule() == ()


def of_a_schedule(*schedules: str) -> tuple[str, ...]:
    run = made("schedule", "run", RunArgs, "/schedule run nightly")
    grammar = Grammar(by_name([run]), Vocabulary(("shop",), ("eu-west-1",), schedules))
    return grammar.help(HelpWanted("schedule", "run"), lambda _: True).examples


@pytest.mark.parametrize("samples", [NOTHING, INSTANCES], ids=["declared", "own"])
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.action)
def test_every_example_can_be_typed(verb: Verb[Any], samples: Samples) -> None:
    for example in examples(verb.noun, verb.name, samples):
        parsed = GRAMMAR.parse(example)
        assert isinstance(parsed, Parsed)
        assert parsed.verb is verb
