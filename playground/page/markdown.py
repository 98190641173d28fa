"""The markdown block: as much of Markdown as Slack shows; every letter of it is escaped first.

Source: Slack's page "Markdown block".
"""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from playground.page.mrkdwn import link

_FENCED = re.compile(r"^```[\w-]*\n(.*?)^```\s*$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<words>[^\]\n]+)\]\((?P<url>[^)\s]+)\)"
    r"|(?P<fat>\*\*|(?<!\w)__)(?P<strong>\S(?:.*?\S)?)(?P=fat)(?!(?<=_)\w)"
    r"|(?P<thin>\*|(?<!\w)_)(?P<em>\S(?:.*?\S)?)(?P=thin)(?!(?<=_)\w)"
    r"|~~(?P<s>\S(?:.*?\S)?)~~"
)
_HEADING = re.compile(r"^(#{1,6}) +(.*)$")
_KINDS = (
    ("ul", re.compile(r"^\s*[-*+] +")),
    ("ol", re.compile(r"^\s*\d+[.)] +")),
    ("quote", re.compile(r"^> ?")),
)


def markdown(text: str) -> Markup:
    """Return a text of Markdown as HTML."""
    parts = _FENCED.split(text)
    return Markup("").join(
        Markup('<pre tabindex="0">{}</pre>').format(part.rstrip("\n")) if index % 2 else _blocks(part)
        for index, part in enumerate(parts)
    )


def _blocks(text: str) -> Markup:
    return Markup("").join(shown for kind, lines in _grouped(text) for shown in _block(kind, lines))


def _grouped(text: str) -> Iterator[tuple[str, list[str]]]:
    for kind, lines in groupby(text.splitlines(), key=_kind):
        yield kind, list(lines)


def _kind(line: str) -> str:
    if not line.strip():
        return ""
    if _HEADING.match(line):
        return "heading"
    return next((kind for kind, begins in _KINDS if begins.match(line)), "p")


def _block(kind: str, lines: list[str]) -> Iterator[Markup]:
    if kind == "heading":
        yield from (Markup('<p class="heading">{}</p>').format(_inline(line.lstrip("# "))) for line in lines)
    elif kind in {"ul", "ol"}:
        begins = dict(_KINDS)[kind]
        items = (Markup("<li>{}</li>").format(_inline(begins.sub("", line))) for line in lines)
        yield Markup(f"<{kind}>{{}}</{kind}>").format(Markup("").join(items))
    elif kind:
        name, begins = ("blockquote", dict(_KINDS)["quote"]) if kind == "quote" else ("p", re.compile(r"^"))
        shown = Markup("<br>").join(_inline(begins.sub("", line)) for line in lines)
        yield Markup(f"<{name}>{{}}</{name}>").format(shown)


def _inline(text: str) -> Markup:
    shown, end = Markup(""), 0
    for found in _INLINE.finditer(text):
        shown += escape(text[end : found.start()]) + _dressed(found)
        end = found.end()
    return shown + escape(text[end:])


def _dressed(found: re.Match[str]) -> Markup:
    if found["code"]:
        return Markup("<code>{}</code>").format(found["code"])
    if found["url"]:
        return link(found["url"], found["words"])
    name = next(name for name in ("strong", "em", "s") if found[name])
    return Markup(f"<{name}>{{}}</{name}>").format(_inline(found[name]))
