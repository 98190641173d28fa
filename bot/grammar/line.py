"""A line of text and its words: Slack's markup undone, spaces and quotation marks understood."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.arguments import UsageError
from bot.grammar.slack_text import as_typed
from bot.grammar.token import HIDDEN, Token
from bot.grammar.typography import CLOSED_BY, SEPARATORS, SINGLE, is_gap, one_line, refuse_unprintable, shown
from bot.words import words

LONGEST = 40_000  # characters; Slack's limit for a message
_ADDRESS = re.compile(r"^\s*`*\s*(?:<@[UW][A-Z0-9]+>\s*[:,：、]?\s*)?`*[/／]?\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed, without the bot's name and the slash before it."""

    text: str
    tokens: tuple[Token, ...]

    def spoken(self, tokens: Sequence[Token]) -> str:
        """Free text as it was typed, its own spaces and quotation marks kept.

        One word that is quoted as a whole means what is inside.
        """
        if len(tokens) == 1 and tokens[0].quoted:
            return tokens[0].text
        return " ".join(self.text[start:end] for start, end in self._runs(tokens))

    def _runs(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        runs: list[tuple[int, int]] = []
        for token in tokens:
            if runs and all(map(is_gap, self.text[runs[-1][1] : token.start])):
                runs[-1] = (runs[-1][0], token.end)
            else:
                runs.append((token.start, token.end))
        yield from runs


def read_line(text: str) -> Line:
    """Split a line into words.

    Raises UsageError for unprintable characters, a quotation mark that nothing closes, and too long a line.
    """
    if len(text) > LONGEST:
        raise UsageError(words("The line is longer than {most} characters.", most=LONGEST))
    text = one_line(text)
    refuse_unprintable(text)
    text = as_typed(text)
    address = _ADDRESS.match(text)
    text = text[address.end() :] if address else text
    if address and "`" in address[0]:
        text = text.rstrip("` ")
    return Line(text, tuple(_split(text)))


def _split(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        if is_gap(text[at]):
            at += 1
            continue
        token = _token(text, at)
        yield token
        at = token.end


def _token(text: str, start: int) -> Token:
    said: list[str] = []
    bare: list[str] = []
    at, opens = start, True
    while at < len(text) and not is_gap(text[at]):
        char = text[at]
        if opens and char in CLOSED_BY:
            inner, at = _quotation(text, at)
            said.append(inner)
            bare.append(HIDDEN * len(inner))
            continue
        said.append(char)
        bare.append(char)
        opens = char in SEPARATORS
        at += 1
    return Token("".join(said), "".join(bare), start, at)


def _quotation(text: str, start: int) -> tuple[str, int]:
    """What a quotation says, and where it ends; a backslash keeps a closing mark or a backslash as it is."""
    closing = CLOSED_BY[text[start]]
    said: list[str] = []
    at = start + 1
    while at < len(text):
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] and text[at + 1] in closing + "\\":
            said.append(text[at + 1])
            at += 2
            continue
        if char in closing and not (text[start] in SINGLE and _goes_on(text, at + 1)):
            return "".join(said), at + 1
        said.append(char)
        at += 1
    raise UsageError(
        words("The quotation mark before “{word}” is not closed.", word=shown(text[start + 1 : start + 61]))
    )


def _goes_on(text: str, at: int) -> bool:
    return at < len(text) and not is_gap(text[at]) and text[at] not in SEPARATORS
