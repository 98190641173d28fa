"""Tables: Slack's own where it fits, else fixed-width text with what is cut said in words.

Sources: "Table block" (Slack): 100 rows with the head, 20 columns, 10,000 characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.console import Console
from bot.plan import Cell, Table
from bot.views.blocks import Block, preformatted, section
from bot.views.console import address_in
from bot.views.speaker import Speaker
from bot.views.text import channel_link, clipped, escaped, tame, units
from bot.words import Words, plural, words

ROWS, COLUMNS, CHARACTERS = 100, 20, 9_000
CELL, CELL_IN_TEXT, TEXT = 200, 40, 2_900
_EMPTY = "–"  # Slack refuses an empty cell
_OF_PEOPLE = frozenset(
    {words("Who"), words("Asked by"), words("Owner"), words("Agreed"), words("Who looks at it")}
)
"""Heads of columns that hold people; in every other column a mention is text of unknown origin."""
_OF_CHANNELS = frozenset({words("Channel")})
_OF_KINDS = {
    words("Database"): "database",
    words("Group"): "auto-scaling-group",
    words("Load balancer"): "load-balancer",
}
"""Heads of columns that hold names of one kind; ids tell their kind themselves."""
_PEOPLE = re.compile(r"<@[UW][A-Z0-9]+>(?: <@[UW][A-Z0-9]+>)*")


def table_blocks(table: Table, speak: Speaker) -> list[Block]:
    """The table as a block of Slack's, or as text when it is too large for one; nothing without rows."""
    if not table.heads or not table.rows:
        return []
    rows = spoken(table, speak)
    if len(rows) <= ROWS and max(map(len, rows)) <= COLUMNS:
        cells = [[clipped(tame(cell[: 2 * CELL]), CELL).strip() or _EMPTY for cell in row] for row in rows]
        if sum(units(cell) for row in cells for cell in row) <= CHARACTERS:
            heads = dict(enumerate(table.heads))
            made = [[_cell(text, heads.get(at)) for at, text in enumerate(row)] for row in cells]
            return [{"type": "table", "rows": _linked(table.heads, cells, made, speak.console)}]
    return _as_text(rows, speak)


def spoken(table: Table, speak: Speaker) -> list[tuple[str, ...]]:
    """The head and the rows, sentences in the reader's language."""
    return [tuple(map(speak.plain, table.heads)), *(tuple(_said(row, speak)) for row in table.rows)]


def _said(row: Iterable[Cell], speak: Speaker) -> Iterator[str]:
    return (cell if isinstance(cell, str) else speak.plain(cell) for cell in row)


def lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in columns of equal width; letters of East Asia take two places."""
    columns = max((len(row) for row in rows), default=0)
    widths = [max((_width(row[at]) for row in rows if at < len(row)), default=0) for at in range(columns)]
    return ["  ".join(_padded(cell, widths[at]) for at, cell in enumerate(row)).rstrip() for row in rows]


def _cell(text: str, head: Words | None) -> Block:
    if head in _OF_CHANNELS and channel_link(text).startswith("<#"):
        return _rich([{"type": "channel", "channel_id": text}])
    if head not in _OF_PEOPLE or not _PEOPLE.fullmatch(text):
        return {"type": "raw_text", "text": text}
    users: list[Block] = []
    for mention in text.split():
        users += [{"type": "user", "user_id": mention.strip("<@>")}, {"type": "text", "text": " "}]
    return _rich(users[:-1])


def _rich(shown: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": shown}]}


def _linked(
    heads: Sequence[Words], cells: Sequence[Sequence[str]], made: list[list[Block]], console: Console
) -> list[list[Block]]:
    """The cells with ids as links to the AWS console, when all of them have room."""
    kinds = [_OF_KINDS.get(head, "") for head in heads]
    urls = {
        (at, column): url
        for at, row in enumerate(cells)
        for column, text in enumerate(row)
        if (url := address_in(row, text, console, kinds[column] if at and column < len(kinds) else ""))
    }
    if sum(units(cell) for row in cells for cell in row) + sum(map(len, urls.values())) > CHARACTERS:
        return made
    for (at, column), url in urls.items():
        made[at][column] = _rich([{"type": "link", "url": url, "text": cells[at][column]}])
    return made


def _as_text(rows: Sequence[Sequence[str]], speak: Speaker) -> list[Block]:
    some = [[clipped(tame(cell[: 2 * CELL]), CELL_IN_TEXT) for cell in row[:COLUMNS]] for row in rows[:ROWS]]
    kept: list[str] = []
    room = TEXT
    for line in map(escaped, lines(some)):
        room -= units(line) + 1
        if room < 0:
            break
        kept.append(line)
    more = len(rows) - max(len(kept), 1)
    said = plural("{n} more row in the file", "{n} more rows in the file", more)
    shown = preformatted("\n".join(kept) or escaped(" ".join(some[0])))
    return [shown, section(speak.text(said, 100))] if more else [shown]


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
