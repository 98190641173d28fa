"""The arguments of a verb, read from its dataclass once."""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from itertools import pairwise
from typing import Any

from bot.arguments import Arg, Kind
from bot.command import Verb

_GREEDY = frozenset({Kind.TARGETS, Kind.TEXT, Kind.LINE})
_METAVARS = {
    Kind.TARGETS: "TARGET",
    Kind.TEXT: "TEXT",
    Kind.LINE: "/LINE",
    Kind.TIMES: "DAYS HH:MM [ZONE]",
    Kind.NUMBER: "N",
    Kind.DURATION: "TIME",
    Kind.MOMENT: "HH:MM",
    Kind.PERSON: "@PERSON",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One argument: the dataclass field's name, what was declared, and the default."""

    name: str
    declared: Arg
    default: Any  # whatever the field's type is; MISSING when there is none

    @property
    def option(self) -> str:
        """How it is typed as an option: ``--older-than``."""
        return f"--{self.name.strip('_').replace('_', '-')}"

    @property
    def label(self) -> str:
        """How errors and help call it."""
        return self.option if self.declared.option else f"<{self.name.strip('_').replace('_', '-')}>"

    @property
    def greedy(self) -> bool:
        """Whether it takes every word that is left, by position."""
        return not self.declared.option and (self.declared.kind in _GREEDY or self.declared.many)

    @property
    def spreads(self) -> bool:
        """Whether, by name, it takes every word up to the next option."""
        return self.declared.option and (self.declared.kind is Kind.TARGETS or self.declared.spreads)

    @property
    def shape(self) -> str:
        """It with what stands for its value: ``--keep N``."""
        if not self.declared.option or self.declared.kind is Kind.FLAG:
            return self.label
        return f"{self.option} {self.metavar}"

    @property
    def usage(self) -> str:
        """Its part of the usage line: ``[--region REGION]…``."""
        more = "…" if self.declared.many else ""
        return f"{self.shape}{more}" if self.declared.required else f"[{self.shape}]{more}"

    @property
    def metavar(self) -> str:
        """What stands for its value in a usage line."""
        if self.declared.choices:
            return "|".join(self.declared.choices)
        return _METAVARS.get(self.declared.kind, self.declared.kind.value.upper())


def slots_of(verb: Verb[Any]) -> tuple[Slot, ...]:
    """The verb's arguments, positions first, each in the order declared.

    Raises ValueError when no line could ever give them: two that take all words, an optional one before a
    required one, a flag by position.
    """
    found = tuple(_read(verb))
    places = tuple(slot for slot in found if not slot.declared.option)
    if any(slot.greedy for slot in places[:-1]):
        raise ValueError(f"{verb.action}: only the last position can take all words")
    if any(not early.declared.required and late.declared.required for early, late in pairwise(places)):
        raise ValueError(f"{verb.action}: an optional position stands before a required one")
    if any(slot.declared.kind is Kind.FLAG for slot in places):
        raise ValueError(f"{verb.action}: a flag has no position")
    return places + tuple(slot for slot in found if slot.declared.option)


def _read(verb: Verb[Any]) -> Iterator[Slot]:
    for each in fields(verb.args):
        declared = each.metadata["arg"]
        if declared.kind is Kind.FLAG and each.default is True:
            raise ValueError(f"{verb.action}: nothing could switch {each.name} off")
        if declared.many and each.default not in ((), MISSING):
            raise ValueError(f"{verb.action}: {each.name} may be given many times, so its default is ()")
        yield Slot(each.name, declared, each.default)
