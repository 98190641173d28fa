"""What verifying found: Break, Verdict."""

from dataclasses import dataclass
from enum import StrEnum

from bot.audit.chain import Seal
from bot.words import Words, words


class Kind(StrEnum):
    """How the log can be broken."""

    CHANGED = "changed"  # a row, or its seal, is not what was sealed
    DELETED = "deleted"  # a sealed row is gone
    MISSING = "missing"  # seals in the middle are gone
    INSERTED = "inserted"  # a row stands among sealed ones without a seal
    CUT = "cut"  # the log does not reach an anchor, or reaches it with another hash
    UNREADABLE = "unreadable"  # the database cannot read what is stored


@dataclass(frozen=True, slots=True)
class Break:
    """One stretch of the log that is not as it was sealed.

    Equal breaks are the same break: `proof` covers what was found, so a further change is another one.
    """

    kind: Kind
    first: int  # the number of the seal; of an inserted row its id
    last: int
    row: int  # the id of the first row concerned; 0 when there is none
    proof: str

    def said(self) -> Words:
        """The break as a sentence."""
        place = {"first": self.first, "last": self.last, "row": self.row}
        match self.kind:
            case Kind.CHANGED:
                return words("row {row} is not what was sealed (seals {first} to {last})", **place)
            case Kind.DELETED:
                return words("row {row} was deleted (seals {first} to {last})", **place)
            case Kind.MISSING:
                return words("the seals {first} to {last} are gone", first=self.first, last=self.last)
            case Kind.INSERTED:
                return words("the rows {first} to {last} were inserted", first=self.first, last=self.last)
            case Kind.CUT:
                return words(
                    "the end was cut off or replaced: the anchors of seals {first} to {last} do not fit",
                    first=self.first,
                    last=self.last,
                )
            case Kind.UNREADABLE:
                return words("from seal {first} on the log cannot be read", first=self.first)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the log was verified, and every break that was found."""

    rows: int  # in the table
    sealed: int  # seals that were looked at, and those before where it began
    breaks: tuple[Break, ...]
    last: Seal | None  # where the next, incremental verification may begin

    @property
    def first_break(self) -> Break | None:
        """The break nearest to the beginning, or None: the log is whole."""
        return self.breaks[0] if self.breaks else None
