"""A mail as plain text."""

from collections.abc import Iterator

from bot.plan import Table
from bot.views.mail import Item, Part, Said, Sheet, cells
from bot.views.speaker import Speaker
from bot.views.table import lines
from bot.words import words


def text(sheet: Sheet, speak: Speaker) -> str:
    """All of it, a blank line between two parts."""
    return "\n\n".join("\n".join(lines) for lines in _parts(sheet, speak) if lines) + "\n"


def _parts(sheet: Sheet, speak: Speaker) -> Iterator[list[str]]:
    yield [_said(line, speak) for line in (sheet.title, *sheet.lines)]
    if sheet.picture:
        shown = speak.plain(words("Picture: {shows}", shows=sheet.picture))
        yield [shown, *(speak.plain(lack) for lack in sheet.lacks)]
    yield _table(sheet.table, speak) if sheet.table else []
    yield from (_part(part, speak) for part in sheet.parts)
    yield [f"- {speak.plain(note)}" for note in sheet.notes]
    yield _part(sheet.offers, speak) if sheet.offers else []
    yield [speak.plain(said) for said in sheet.small]


def _part(part: Part, speak: Speaker) -> list[str]:
    return [_said(part.head, speak), *(f"  {_item(item, speak)}" for item in part.items)]


def _item(item: Item, speak: Speaker) -> str:
    return ": ".join(filter(None, (item.name, speak.plain(item.said) if item.said else "")))


def _table(table: Table, speak: Speaker) -> list[str]:
    return lines([[speak.plain(head) for head in table.heads], *cells(table, speak)])


def _said(said: Said, speak: Speaker) -> str:
    return said if isinstance(said, str) else speak.plain(said)
