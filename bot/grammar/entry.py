"""A verb as the grammar holds it: its arguments, its Click command, both made once."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from typing import Any

import click

from bot.arguments import Kind
from bot.command import Verb
from bot.grammar.help import HELP_WORDS
from bot.grammar.kinds import Vocabulary, read_value, write_value
from bot.grammar.line import Line
from bot.grammar.options import arrange
from bot.grammar.quoting import in_marks
from bot.grammar.slot import Slot, slots_of
from bot.grammar.structure import assign, click_command
from bot.grammar.typography import plain


@dataclass(frozen=True, slots=True)
class Entry:
    """One verb with what was worked out from it."""

    verb: Verb[Any]
    slots: Mapping[str, Slot]
    command: click.Command

    @property
    def named(self) -> str:
        """How it is typed: ``/ec2 stop``."""
        return f"/{self.verb.typed}"

    @property
    def lines(self) -> tuple[str, ...]:
        """The names of the arguments that are lines themselves."""
        return tuple(slot.name for slot in self.slots.values() if slot.declared.kind is Kind.LINE)

    def read(self, line: Line, vocabulary: Vocabulary) -> Any:
        """The arguments from the words after noun and verb; None when help is asked for.

        Raises UsageError.
        """
        slots = tuple(self.slots.values())
        arranged = arrange(line, line.tokens[2:], slots)
        if arranged.asks_help:
            return None
        given = assign(self.command, arranged, slots, self.named)
        values = {
            name: read_value(self.slots[name], tokens, line, vocabulary) for name, tokens in given.items()
        }
        return self.verb.args(**values)

    def write(self, args: Any) -> str:
        """The canonical line: positions, then options, each in the order declared, defaults left out."""
        given = {name: getattr(args, name) for name in self.slots}
        last = max(
            (at for at, slot in enumerate(self._places()) if _differs(slot, given[slot.name])), default=-1
        )
        said = [self.verb.typed]
        for slot in self._places()[: last + 1]:
            said += write_value(slot, given[slot.name])
        for slot in self.slots.values():
            if slot.declared.option and _differs(slot, given[slot.name]):
                said += _option(slot, given[slot.name])
        if len(said) == 2 and plain(said[1]) in HELP_WORDS:
            said[1] = in_marks(said[1])
        return " ".join(word for word in said if word)

    def _places(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots.values() if not slot.declared.option)


def entry(verb: Verb[Any]) -> Entry:
    """Work a verb out.  Raises ValueError when its declaration makes no sense."""
    slots = slots_of(verb)
    return Entry(verb, {slot.name: slot for slot in slots}, click_command(verb.name, slots))


def _differs(slot: Slot, value: Any) -> bool:
    return slot.default is MISSING or value != slot.default


def _option(slot: Slot, value: Any) -> list[str]:
    if slot.declared.kind is Kind.FLAG:
        return [slot.option]
    return [f"{slot.option} {text}" for text in write_value(slot, value)]
