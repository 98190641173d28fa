"""Which words of a line are options, and which can only be values.

Click gets the options as they are and a number for each value, so that no value, whatever it looks like, is
ever read as an option.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.arguments import Kind
from bot.grammar.line import Line
from bot.grammar.little_words import stands_for, takes_little
from bot.grammar.slot import Slot
from bot.grammar.suggest import nearest
from bot.grammar.token import Token, quoted
from bot.grammar.typography import DASHES, plain

HELP = "--help"


@dataclass(frozen=True, slots=True)
class Option:
    """A word that is an option: ``--keep`` or ``--keep=7``."""

    name: str  # with two plain dashes
    value: Token | None


@dataclass(frozen=True, slots=True)
class Arranged:
    """Words for Click, and the values its numbers stand for."""

    words: tuple[str, ...]
    values: tuple[Token, ...]

    @property
    def asks_help(self) -> bool:
        """Whether --help is among the options."""
        return HELP in self.words


def arrange(line: Line, tokens: Sequence[Token], slots: Sequence[Slot]) -> Arranged:
    """Tell options from values; the words of free text behind an option become one value."""
    known = {slot.option: slot for slot in slots if slot.declared.option}
    said: list[str] = []
    values: list[Token] = []
    for option, after in _grouped(tokens, known, slots):
        name, held = _held(line, option, after, known)
        said += _said(name, [str(len(values) + at) for at in range(len(held))], known.get(name))
        values += held
    return Arranged(tuple(said), tuple(values))


def _said(name: str, numbers: list[str], slot: Slot | None) -> list[str]:
    """The words for Click: an option that takes many words is said before each of them."""
    if slot is not None and slot.spreads and numbers:
        return [word for number in numbers for word in (name, number)]
    return [*([name] if name else []), *numbers]


def _held(
    line: Line, option: Option | None, after: list[Token], known: Mapping[str, Slot]
) -> tuple[str, list[Token]]:
    """The option as Click gets it, and the values behind it."""
    if option is None:
        return "", after
    slot = known.get(option.name)
    if option.value is not None:
        if slot is None or slot.declared.kind is Kind.FLAG:
            return f"{option.name}={option.value.text}", after  # for Click to refuse
        after = [option.value, *after]
    if slot is not None and slot.declared.kind is Kind.TEXT and after and not after[0].quoted:
        after = [quoted(line.spoken(after))]
    return option.name, after


def read_option(token: Token, known: Sequence[str]) -> Option | None:
    """The option a word is, or None.

    Two plain dashes always make an option, known or not.  Other dashes do when the name is one of ours or
    nearly so: ``東京—dev`` and ``—dev`` stay what they are.
    """
    head, value = token.cut("=＝")
    name = head.text.lstrip("".join(DASHES))
    dashes = head.text[: len(head.text) - len(name)]
    if not dashes or not head.bare.startswith(dashes) or not plain(name)[:1].isalpha():
        return None
    full = HELP if plain(name) == "h" else f"--{plain(name)}"
    meant = dashes.startswith("--") or full == HELP or bool(nearest(full, known, likeness=0.8))
    return Option(full, value) if meant else None


def _option(token: Token, known: Mapping[str, Slot], slots: Sequence[Slot]) -> Option | None:
    """The option a word is; beside a whole line, which has options of its own, only one of ours."""
    found = read_option(token, tuple(known))
    if found and any(slot.declared.kind is Kind.LINE for slot in slots):
        return found if found.name in (*known, HELP) else None
    return found


def _grouped(
    tokens: Sequence[Token], known: Mapping[str, Slot], slots: Sequence[Slot]
) -> Iterator[tuple[Option | None, list[Token]]]:
    option: Option | None = None
    after: list[Token] = []
    for token in tokens:
        found = _option(token, known, slots)
        if found is None and (little := stands_for(token, slots)):
            filled = bool(after) or (option is not None and option.value is not None)
            current = known.get(option.name) if option else None
            found = Option(little, None) if takes_little(current, slots, filled=filled) else None
        if found:
            yield option, after
            option, after = found, []
        else:
            after.append(token)
    yield option, after
