"""Words that stand for an option of their name: ``keep running i-1 until 22:00`` is ``… --until 22:00``.

Only where such an option is declared, and never where somebody's own words stand: in free text, in
quotation marks, or where an option waits for its value.
"""

from collections.abc import Sequence

from bot.arguments import Kind
from bot.grammar.slot import Slot
from bot.grammar.token import Token
from bot.grammar.typography import plain

LITTLE = frozenset({"until", "for", "on", "next"})


def is_little(word: str) -> bool:
    """Whether a word, typed bare, could be read as an option."""
    return plain(word) in LITTLE


def stands_for(token: Token, slots: Sequence[Slot]) -> str:
    """The option that a bare word stands for, such as ``--until``; "" for any other word."""
    if token.quoted or token.plain not in LITTLE:
        return ""
    option = f"--{token.plain}"
    return option if any(slot.declared.option and slot.option == option for slot in slots) else ""


def takes_little(current: Slot | None, slots: Sequence[Slot], *, filled: bool) -> bool:
    """Whether such a word may stand behind this option; None: among the positions.

    `filled` is whether the option has its first value.
    """
    if current is None:
        return not any(slot.declared.kind is Kind.TEXT and not slot.declared.option for slot in slots)
    if current.declared.kind is Kind.TEXT:
        return False
    return filled or current.declared.kind is Kind.FLAG
