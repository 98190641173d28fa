"""A report as Markdown, for a wiki."""

import re

from bot.plan import Cell, File, Table
from commands.failover._document import Document, Heading, Lines, Part, Picture, Rows, Scribe

_FORMAT = re.compile(r"([\\*<|\[\]#`])")


def markdown(document: Document) -> File:
    """The whole of it; its sentences are said in the reader's language when it is sent."""
    scribe = Scribe()
    parts = (text for part in document.parts if (text := _part(part, scribe)))
    text = "\n\n".join([f"# {scribe.at(document.title)}", *parts]) + "\n"
    return File(f"{document.name}.md", text, tuple(scribe.said))


def _part(part: Part, scribe: Scribe) -> str:
    match part:
        case Heading():
            return f"## {scribe.at(part.said)}"
        case Lines():
            return "\n".join(f"- {scribe.at(one)}" for one in part.said)
        case Rows():
            return _table(part.table, scribe)
        case Picture():
            return f"*{scribe.at(part.line.alt)}*"


def _table(table: Table, scribe: Scribe) -> str:
    heads = [scribe.at(one) for one in table.heads]
    rows = [[_cell(cell, scribe) for cell in row] for row in table.rows]
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: Cell, scribe: Scribe) -> str:
    return scribe.cell(cell) or _FORMAT.sub(r"\\\1", " ".join(str(cell).split()))
