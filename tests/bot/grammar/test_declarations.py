"""Arguments that no line could give are refused when the grammar first needs them."""

from dataclasses import dataclass

import pytest

from bot.arguments import Kind, arg
from bot.grammar.grammar import Grammar
from bot.words import words
from tests.bot.grammar.verbs import VOCABULARY, verb
from tests.by_name import by_name

WHAT = words("What.")


@dataclass(frozen=True, slots=True)
class TextInTheMiddle:
    text: str = arg(Kind.TEXT, WHAT, option=False, required=True)
    number: int = arg(Kind.NUMBER, WHAT, option=False, required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionalBeforeRequired:
    number: int = arg(Kind.NUMBER, WHAT, option=False, default=1)
    region: str = arg(Kind.REGION, WHAT, option=False, required=True)


@dataclass(frozen=True, slots=True)
class FlagByPosition:
    flag: bool = arg(Kind.FLAG, WHAT, option=False, default=False)


@dataclass(frozen=True, slots=True)
class FlagThatStaysOn:
    flag: bool = arg(Kind.FLAG, WHAT, default=True)


@dataclass(frozen=True, slots=True)
class ManyByDefault:
    region: tuple[str, ...] = arg(Kind.REGION, WHAT, many=True, default=("us-east-1",))


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (TextInTheMiddle, "only the last position can take all words"),
        (OptionalBeforeRequired, "an optional position stands before a required one"),
        (FlagByPosition, "a flag has no position"),
        (FlagThatStaysOn, "nothing could switch flag off"),
        (ManyByDefault, "its default is"),
    ],
)
def test_arguments_that_no_line_could_give_are_refused(args: type, why: str) -> None:
    declared = verb("ec2", "stop", args)
    with pytest.raises(ValueError, match=why):
        Grammar(by_name([declared]), VOCABULARY).slots(declared)
