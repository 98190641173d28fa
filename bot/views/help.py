"""Help: what can be typed, as the grammar knows it."""

from collections.abc import Sequence

from bot.grammar.help import HelpPage
from bot.views.blocks import Block, header, paragraph
from bot.views.message import Message
from bot.views.speaker import Speaker
from bot.views.text import code, units
from bot.words import plural

_PART, _ALL = 2900, 6500


def help_page(page: HelpPage, speak: Speaker) -> Message:
    """A page of help: title, usage, one line for each verb or argument, examples, notes."""
    blocks = [header(speak.plain(page.title)), *paragraph([code(page.usage, 600)] if page.usage else [])]
    blocks += _lines([f"{code(line.code, 90)} {speak.text(line.text, 120)}" for line in page.lines], speak)
    blocks += paragraph(code(example) for example in page.examples[:5])
    return Message.of([*blocks, *paragraph((speak.text(note, 300) for note in page.notes[:3]), 900)])


def _lines(lines: Sequence[str], speak: Speaker) -> list[Block]:
    """The lines in as few sections as hold them; what is beyond the whole room is counted."""
    kept = _fitting(lines, _ALL)
    more = len(lines) - len(kept)
    found: list[Block] = []
    while kept:
        part = _fitting(kept, _PART)
        found += paragraph(part)
        kept = kept[len(part) :]
    said = plural("… and {n} more", "… and {n} more", more)
    return [*found, *paragraph([speak.text(said)] if more else [])]


def _fitting(lines: Sequence[str], room: int) -> Sequence[str]:
    """As many of the lines as fit into so many characters."""
    for at, line in enumerate(lines):
        room -= units(line) + 1
        if room < 0:
            return lines[:at]
    return lines
