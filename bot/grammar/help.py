"""Help: what can be typed, as data that a view shows in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.arguments import Kind
from bot.command import Verb
from bot.grammar.slot import Slot
from bot.grammar.targets import ways
from bot.grammar.token import Token
from bot.words import Words, words

HELP_WORDS = frozenset({"help", "?", "ヘルプ"})


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """Somebody asks what can be typed: at all, about a noun, or about one verb."""

    noun: str | None = None
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class HelpLine:
    """What to type, and what it does."""

    code: str  # the same in every language
    text: Words


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page of help."""

    title: Words
    usage: str = ""  # of one verb
    lines: tuple[HelpLine, ...] = ()  # verbs, or the arguments of one verb
    examples: tuple[str, ...] = ()
    notes: tuple[Words, ...] = ()


def is_help(token: Token) -> bool:
    """Whether a word, where a noun or verb could stand, asks for help."""
    form = token.plain
    return not token.quoted and (form in HELP_WORDS or form.lstrip("-") == "help" or form in {"-h", "--h"})


def usage(verb: Verb[Any], slots: Sequence[Slot]) -> str:
    """One line: ``/ec2 stop <targets> [--region REGION]…``."""
    return " ".join([f"/{verb.typed}", *(slot.usage for slot in slots)])


def overview(
    verbs: Sequence[Verb[Any]], allowed: Callable[[Verb[Any]], bool], examples: tuple[str, ...]
) -> HelpPage:
    """Every verb there is, with a few examples; those that the reader may not use are left out."""
    page = _page(words("What toban can do"), [verb for verb in verbs if allowed(verb)])
    return replace(page, examples=examples)


def about_noun(
    noun: str,
    verbs: Sequence[Verb[Any]],
    allowed: Callable[[Verb[Any]], bool],
    examples: Mapping[str, tuple[str, ...]],
) -> HelpPage:
    """The verbs of one noun, with an example of each; `examples` are those of each verb, by its name."""
    may = [verb for verb in verbs if allowed(verb)]
    shown = tuple(example for verb in may for example in examples[verb.name][:1])
    return replace(_page(words("What /{noun} can do", noun=noun), may), examples=shown)


def _page(title: Words, may: Sequence[Verb[Any]]) -> HelpPage:
    notes = (words("More about one: {example}", example=f"/{may[0].typed} --help"),) if may else ()
    return HelpPage(
        title=title,
        lines=tuple(HelpLine(f"/{verb.typed}", verb.help) for verb in may),
        notes=notes or (words("There is nothing here that you may use."),),
    )


def about(
    verb: Verb[Any], slots: Mapping[str, Slot], examples: tuple[str, ...], *, allowed: bool
) -> HelpPage:
    """One verb with its arguments and examples."""
    each = tuple(slots.values())
    notes = [
        words("Targets are {ways}", ways=ways(slot.declared.prefixes))
        for slot in each
        if slot.declared.kind is Kind.TARGETS
    ]
    notes += [] if allowed else [words("You may not use this here.")]
    return HelpPage(
        title=verb.help,
        usage=usage(verb, each),
        lines=tuple(HelpLine(slot.shape, slot.declared.help) for slot in each),
        examples=examples,
        notes=tuple(notes),
    )
