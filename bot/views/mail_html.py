"""A mail as HTML: one column, a real table, no colour of its own but of lines.

A mail program that is dark shows it dark, since nothing says how text or background look ("Supporting Dark
Mode in your web content", WebKit).  Nothing in it is loaded from anywhere: the picture comes with the mail.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import zip_longest

from bot.language import Markup, language_of
from bot.plan import Table
from bot.views.mail import Item, Part, Said, Sheet, cells
from bot.views.speaker import Speaker
from bot.views.text import tame
from bot.words import Words

_BODY = "font:16px/1.5 sans-serif;max-width:46em;margin:0 auto;padding:1em"
_TABLE = "border-collapse:collapse;margin:1em 0"
_CELL = "border:1px solid #888;padding:.3em .6em"
_PICTURE = "display:block;width:100%;max-width:46em;height:auto"
_CODE = re.compile(r"`([^`]+)`")
_FIGURE = re.compile(r"[-+−–±]?[^\w\s]?\d[\d.,]*(?: ?[A-Z]{3}| ?%)?|–")


def html(sheet: Sheet, speak: Speaker, picture: str = "") -> str:
    """All of it; `picture` is the id of the part that holds the picture, "" when there is none."""
    return "\n".join(_page(sheet, speak, picture)) + "\n"


def _page(sheet: Sheet, speak: Speaker, picture: str) -> Iterator[str]:
    yield f'<!doctype html><html lang="{language_of(speak.language)}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="supported-color-schemes" content="light dark">'
    yield f'<title>{escape(sheet.subject)}</title></head><body style="{_BODY}">'
    yield f'<h1 style="font-size:1.25em">{_said(sheet.title, speak)}</h1>'
    yield from (f"<p>{_said(line, speak)}</p>" for line in sheet.lines)
    yield from _picture(sheet, speak, picture)
    yield from _table(sheet.table, speak) if sheet.table and sheet.table.rows else ()
    for part in sheet.parts:
        yield from _part(part, speak)
    yield from _list([_words(note, speak) for note in sheet.notes])
    yield from _part(sheet.offers, speak) if sheet.offers else ()
    yield '<p style="font-size:.85em">' + "<br>".join(_words(said, speak) for said in sheet.small) + "</p>"
    yield "</body></html>"


def _picture(sheet: Sheet, speak: Speaker, picture: str) -> Iterator[str]:
    if sheet.picture and picture:
        yield f'<img src="cid:{picture}" alt="{escape(speak.plain(sheet.picture))}" style="{_PICTURE}">'
    elif sheet.picture:
        yield f"<p>{_words(sheet.picture, speak)}</p>"
    yield from (f"<p>{_words(lack, speak)}</p>" for lack in sheet.lacks)


def _table(table: Table, speak: Speaker) -> Iterator[str]:
    """Columns of figures are set to the right, with their heads."""
    rows = cells(table)
    sides = [
        "right" if all(map(_FIGURE.fullmatch, column)) else "left" for column in zip(*rows, strict=False)
    ]
    heads = [_words(head, speak) for head in table.heads]
    yield f'<table style="{_TABLE}"><thead>{_row("th", heads, sides)}</thead><tbody>'
    yield from (_row("td", map(escape, row), sides) for row in rows)
    yield "</tbody></table>"


def _row(kind: str, texts: Iterable[str], sides: Sequence[str]) -> str:
    made = (
        f'<{kind} style="{_CELL};text-align:{side}">{text}</{kind}>'
        for text, side in zip_longest(texts, sides, fillvalue="")
    )
    return f"<tr>{''.join(made)}</tr>"


def _part(part: Part, speak: Speaker) -> Iterator[str]:
    yield f"<p><b>{_said(part.head, speak)}</b></p>"
    yield from _list([_item(item, speak) for item in part.items])


def _item(item: Item, speak: Speaker) -> str:
    name = f"<code>{escape(item.name)}</code>" if item.name else ""
    return ": ".join(filter(None, (name, _words(item.said, speak) if item.said else "")))


def _list(items: list[str]) -> Iterator[str]:
    if items:
        yield "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _said(said: Said, speak: Speaker) -> str:
    return escape(said) if isinstance(said, str) else _words(said, speak)


def _words(said: Words, speak: Speaker) -> str:
    return tame(speak.languages.say(said, speak.language, speak.zone, _HTML))


def _frame(text: str) -> str:
    """The sentence's own text; its marks for code are those of Slack."""
    return _CODE.sub(r"<code>\1</code>", escape(text, quote=False))


def _value(_place: str, text: str) -> str:
    return escape(text)


_HTML = Markup(_frame, _value)
