"""One rule of a policy file, with its place: the text is cut into rules and each is read by itself.

Cedar's syntax errors carry no line and its reader accepts two rules of one @id, so both is done here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cedarpy import policies_to_pst, pst

from bot.words import Words, words

_PIECE = re.compile(r'//[^\n]*|"(?:\\.|[^"\\])*"|;|\s+|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands."""

    file: str
    line: int  # where it starts, counted from 1
    number: int  # of the rule in the file, counted from 1


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as Cedar reads it."""

    id: str
    place: Place
    text: str
    tree: pst.Template

    def mistake(self, problem: Words | str) -> Words:
        """A mistake in this rule, with its place and name."""
        return words(
            "{file}, line {line}, rule {number} ({id}): {problem}",
            file=self.place.file,
            line=self.place.line,
            number=self.place.number,
            id=self.id,
            problem=problem,
        )


def cut(text: str, file: str) -> Iterator[tuple[Place, str]]:
    """Each rule's text with its place; a rule ends with a semicolon, the last one perhaps without."""
    held, line, start, number = "", 1, 0, 0
    for piece in _PIECE.findall(text):
        blank = piece.isspace() or piece.startswith("//")
        if not start and not blank:
            start, number = line, number + 1
        held += piece if start else ""
        line += piece.count("\n")
        if piece == ";":
            yield Place(file, start, number), held
            held, start = "", 0
    if start:
        yield Place(file, start, number), held


def read(place: Place, text: str) -> Rule | Words:
    """The rule, or what is wrong with it."""
    try:
        found = policies_to_pst(text)
    except ValueError as error:
        return _unread(place, str(error))
    if found.templates:
        return _unread(place, words("?principal and ?resource have no meaning here; name somebody"))
    if not found.static_policies:
        return _unread(place, words("a semicolon without a rule"))
    (tree,) = found.static_policies.values()
    name = tree.annotations.get("id", "")
    if not name:
        return _unread(place, words('the rule needs a name before it, such as @id("operators-change")'))
    return Rule(name, place, text, tree)


def _unread(place: Place, problem: Words | str) -> Words:
    return words(
        "{file}, line {line}, rule {number}: {problem}",
        file=place.file,
        line=place.line,
        number=place.number,
        problem=problem,
    )
