"""A report as a page: one file that needs nothing else, not even a network."""

from html import escape

from bot.plan import Cell, File
from bot.timeline import Timeline, offset
from commands.failover import _drawing
from commands.failover._document import Document, Heading, Lines, Part, Picture, Rows, Scribe

STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,sans-serif;color:#1d1c1d;background:#fff}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;display:block;overflow-x:auto}
th,td{border:1px solid #d8d8d8;padding:.3rem .6rem;text-align:left}th{background:#f4f4f4}
svg{width:100%;height:auto;background:#fafafa;border:1px solid #767676}code{background:#f4f4f4}
"""


def page(document: Document) -> File:
    """The whole of it; its sentences are said in the reader's language when it is sent."""
    scribe = Scribe()
    title = scribe.at(document.title)
    body = "\n".join(_part(part, scribe) for part in document.parts)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    text = (
        f"<!doctype html>\n<html><head>{head}<style>{STYLE}</style></head>\n"
        f"<body><h1>{title}</h1>\n{body}\n</body></html>\n"
    )
    return File(f"{document.name}.html", text, tuple(scribe.said))


def _part(part: Part, scribe: Scribe) -> str:
    match part:
        case Heading():
            return f"<h2>{scribe.at(part.said)}</h2>"
        case Lines():
            return "<ul>" + "".join(f"<li>{scribe.at(one)}</li>" for one in part.said) + "</ul>"
        case Rows():
            head = "".join(f"<th>{scribe.at(one)}</th>" for one in part.table.heads)
            rows = "".join(f"<tr>{_cells(row, scribe)}</tr>" for row in part.table.rows)
            return f"<table><tr>{head}</tr>{rows}</table>"
        case Picture():
            return _drawing.svg(part.line, scribe) + _flags(part.line, scribe)


def _flags(line: Timeline, scribe: Scribe) -> str:
    """What each flag of the drawing says, by its number."""
    said = (f"<li>{offset(one.at - line.zero)} {scribe.at(one.said)}</li>" for one in line.flags)
    return f"<ol>{''.join(said)}</ol>" if line.flags else ""


def _cells(row: tuple[Cell, ...], scribe: Scribe) -> str:
    return "".join(f"<td>{scribe.cell(cell) or escape(str(cell))}</td>" for cell in row)
