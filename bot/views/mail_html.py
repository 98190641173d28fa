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
_CELL = "border-style:solid;border-width:1px;border-color:#888;padding:.3em .6em"
_PICTURE = "display:block;width:100%;max-width:46em;height:auto"
_SCHEMES = " ".join(("light", "dark"))
_ALONE = frozenset({"img", "meta"})  # tags with nothing inside
_CODE = re.compile(r"`([^`]+)`")
_FIGURE = re.compile(r"[-+−–±]?[^\w\s]?\d[\d.,]*(?: ?[A-Z]{3}| ?%)?|–")


def html(sheet: Sheet, speak: Speaker, picture: str = "") -> str:
    """All of it; `picture` is the id of the part that holds the picture, "" when there is none."""
    head = _tag("head", *_head(sheet))
    body = _tag("body", *_body(sheet, speak, picture), style=_BODY)
    return f"<!doctype HTML>\n{_tag('html', head, body, lang=language_of(speak.language))}\n"


def _head(sheet: Sheet) -> Iterator[str]:
    yield _tag("meta", charset="utf-8")
    yield _tag("meta", name="viewport", content="width=device-width")
    for name in ("color-scheme", "supported-color-schemes"):
        yield _tag("meta", name=name, content=_SCHEMES)
    yield _tag("title", escape(sheet.subject))


def _body(sheet: Sheet, speak: Speaker, picture: str) -> Iterator[str]:
    yield _tag("h1", _said(sheet.title, speak), style="font-size:1.25em")
    yield from (_tag("p", _said(line, speak)) for line in sheet.lines)
    yield from _picture(sheet, speak, picture)
    yield from _table(sheet.table, speak) if sheet.table and sheet.table.rows else ()
    for part in sheet.parts:
        yield from _part(part, speak)
    yield from _list([_words(note, speak) for note in sheet.notes])
    yield from _part(sheet.offers, speak) if sheet.offers else ()
    yield _tag("p", "<br>".join(_words(said, speak) for said in sheet.small), style="font-size:.85em")


def _picture(sheet: Sheet, speak: Speaker, picture: str) -> Iterator[str]:
    if sheet.picture and picture:
        yield _tag("img", src=f"cid:{picture}", alt=speak.plain(sheet.picture), style=_PICTURE)
    elif sheet.picture:
        yield _tag("p", _words(sheet.picture, speak))
    yield from (_tag("p", _words(lack, speak)) for lack in sheet.lacks)


def _table(table: Table, speak: Speaker) -> Iterator[str]:
    """Columns of figures are set to the right, with their heads."""
    rows = cells(table, speak)
    sides = [
        "right" if all(map(_FIGURE.fullmatch, column)) else "left" for column in zip(*rows, strict=False)
    ]
    head = _tag("thead", _row("th", [_words(head, speak) for head in table.heads], sides))
    body = _tag("tbody", *(_row("td", map(escape, row), sides) for row in rows))
    yield _tag("table", head, body, style=_TABLE)


def _row(kind: str, texts: Iterable[str], sides: Sequence[str]) -> str:
    placed = zip_longest(texts, sides, fillvalue="")
    return _tag("tr", *(_tag(kind, text, style=f"{_CELL};text-align:{side}") for text, side in placed))


def _part(part: Part, speak: Speaker) -> Iterator[str]:
    yield _tag("p", _tag("b", _said(part.head, speak)))
    yield from _list([_item(item, speak) for item in part.items])


def _item(item: Item, speak: Speaker) -> str:
    name = _tag("code", escape(item.name)) if item.name else ""
    return ": ".join(filter(None, (name, _words(item.said, speak) if item.said else "")))


def _list(items: Sequence[str]) -> Iterator[str]:
    if items:
        yield _tag("ul", *(_tag("li", item) for item in items))


def _tag(kind: str, /, *inside: str, **attributes: str) -> str:
    """What is inside is HTML already, what an attribute says is not."""
    said = "".join(f' {one}="{escape(value)}"' for one, value in attributes.items())
    return f"<{kind}{said}>" if kind in _ALONE else f"<{kind}{said}>{''.join(inside)}</{kind}>"


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
