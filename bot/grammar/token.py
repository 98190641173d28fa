"""One word of a line, with what was in quotation marks told apart from what was not."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.grammar.typography import narrow, plain

HIDDEN = "\x00"  # stands in `bare` for a quoted character; no line holds it


@dataclass(frozen=True, slots=True)
class Token:
    """A word: what it says, and the same with its quoted characters hidden."""

    text: str
    bare: str  # as long as `text`
    start: int = 0  # where it stands in the line
    end: int = 0

    @property
    def quoted(self) -> bool:
        """Whether all of it was in quotation marks: then it is a value and nothing else."""
        return not self.bare.strip(HIDDEN)

    @property
    def plain(self) -> str:
        """It as one of our own words."""
        return plain(self.text)

    def cut(self, separators: str) -> "tuple[Token, Token | None]":
        """What stands before and after the first of these separators outside quotation marks."""
        for at, char in enumerate(self.bare):
            if char in separators:
                return self._part(0, at), self._part(at + 1, len(self.text))
        return self, None

    def pieces(self, separators: str) -> "Iterator[Token]":
        """The parts between these separators; empty parts are left out."""
        rest: Token | None = self
        while rest is not None:
            piece, rest = rest.cut(separators)
            if piece.text:
                yield piece

    def narrowed(self) -> "Token":
        """The same with half-width letters."""
        return Token(narrow(self.text), narrow(self.bare), self.start, self.end)

    def _part(self, start: int, end: int) -> "Token":
        # Its place is right when nothing before it was quoted, as before an option's value.
        return Token(self.text[start:end], self.bare[start:end], self.start + start, self.end)


def quoted(text: str) -> Token:
    """A token for a value that is already known as one."""
    return Token(text, HIDDEN * len(text))


def unquoted(text: str) -> Token:
    """A token none of which was in quotation marks."""
    return Token(text, text)
