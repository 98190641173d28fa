"""A form's fields and the line they mean: what is sent is a line like any other."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.arguments import Kind, UsageError
from bot.grammar.entry import Entry
from bot.grammar.kinds import Vocabulary, read_value
from bot.grammar.line import read_line
from bot.grammar.quoting import in_marks, quote
from bot.grammar.slot import Slot
from bot.grammar.structure import missing
from bot.words import Words

Filled = Mapping[str, tuple[str, ...]]
"""What was chosen or written for each argument, by its name; what is not there was left empty."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A line, and what is wrong with it."""

    line: str
    mistakes: Mapping[str, Words]  # by the argument's name; a field that was left empty is among them
    empty: frozenset[str]  # the names of those that are needed and were left empty


def compose(entry: Entry, filled: Filled, vocabulary: Vocabulary) -> Composed:
    """Write the line, and read each field by itself, so that a mistake is shown where it was made."""
    slots = entry.slots.values()
    typed = {slot.name: typed_as(slot, filled.get(slot.name, ())) for slot in slots}
    empty = frozenset(slot.name for slot in slots if slot.declared.required and not typed[slot.name])
    mistakes = {name: missing(entry.named, entry.slots[name]) for name in empty}
    for slot in slots:
        if typed[slot.name] and (wrong := _mistake(slot, typed[slot.name], vocabulary)):
            mistakes[slot.name] = wrong
    places = [text for slot in slots if not slot.declared.option for text in typed[slot.name]]
    options = [_option(slot, text) for slot in slots if slot.declared.option for text in typed[slot.name]]
    return Composed(" ".join([entry.verb.typed, *places, *options]), mistakes, empty)


def typed_as(slot: Slot, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values of one argument as somebody would type them; blank ones are left out.

    Targets, numbers and times are typed text already; a word or free text is quoted, so that nothing in it
    can be read as anything else.
    """
    given = tuple(value.strip() for value in values if value.strip())
    match slot.declared.kind:
        case Kind.TARGETS | Kind.NUMBER | Kind.DURATION | Kind.MOMENT:
            return given
        case Kind.PERSON:
            return tuple(f"<@{value}>" for value in given)
        case Kind.WORD if slot.spreads:
            return tuple(word for value in given for word in _words(value))
        case Kind.TEXT | Kind.WORD | Kind.LINE | Kind.TIMES:
            return tuple(in_marks(value) for value in given)
        case _:
            return tuple(quote(value) for value in given)


def _words(value: str) -> list[str]:
    """The words of a field that holds many, each quoted; beside a mark that nothing closes it is one."""
    try:
        tokens = read_line(f"_ {value}").tokens[1:]
    except UsageError:
        return [in_marks(value)]
    return [in_marks(token.text) for token in tokens]


def _option(slot: Slot, text: str) -> str:
    return slot.option if slot.declared.kind is Kind.FLAG else f"{slot.option} {text}"


def _mistake(slot: Slot, typed: tuple[str, ...], vocabulary: Vocabulary) -> Words | None:
    try:
        line = read_line(" ".join(["_", *typed]))  # a mention that comes first would be the bot's own name
        read_value(slot, line.tokens[1:], line, vocabulary)
    except UsageError as error:
        return error.said
    return None
