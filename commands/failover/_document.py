"""A report as parts, which a page and a text say alike."""

from dataclasses import dataclass, field
from typing import TypeAlias

from bot.plan import Cell, Table, place
from bot.timeline import Timeline
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Heading:
    """What the next parts are about."""

    said: Words


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences, one below the other."""

    said: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table."""

    table: Table


@dataclass(frozen=True, slots=True)
class Picture:
    """A timeline: drawn on a page, left out of a text, which has all of it in words."""

    line: Timeline


Part: TypeAlias = Heading | Lines | Rows | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """All of it."""

    name: str  # of its file, without an ending
    title: Words
    parts: tuple[Part, ...]


@dataclass(slots=True)
class Scribe:
    """Keeps the sentences of a file, each once, and knows their places."""

    said: list[Words] = field(default_factory=list)

    def at(self, said: Words) -> str:
        """Where a sentence stands."""
        if said not in self.said:
            self.said.append(said)
        return place(self.said.index(said))

    def cell(self, cell: Cell) -> str | None:
        """Where a cell that is a sentence stands; None for one that is a text of AWS's."""
        return self.at(cell) if isinstance(cell, Words) else None
