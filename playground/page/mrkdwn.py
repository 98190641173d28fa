"""Slack's mrkdwn as HTML: nothing of the text becomes a tag but what is made here.

Source: Slack's page "Formatting message text".
"""

import re
from datetime import UTC, datetime
from html import unescape as _entities

from markupsafe import Markup, escape

from playground.page.dates import said_date
from playground.page.emoji import with_emoji
from playground.page.reader import Reader

_FENCED = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<tag>[^<>\n]+)>"
    r"|(?<![\w*])\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<em>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<s>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
_QUOTED = re.compile(r"^(?:&gt;|>) ?")
_LINK = re.compile(r"(?:https?://|mailto:)\S+")


def mrkdwn(text: str, reader: Reader) -> Markup:
    """Return a text of mrkdwn as this reader sees it."""
    parts = _FENCED.split(text)  # text, fenced, text, fenced, ... text
    shown = [
        Markup('<pre tabindex="0">{}</pre>').format(literal(_without_tags(part)))
        if index % 2
        else _lines(part, reader)
        for index, part in enumerate(parts)
    ]
    return Markup("").join(shown)


def plain(text: str, *, emoji: bool = True) -> Markup:
    """Return plain text, with emoji for shortcodes unless told otherwise."""
    return _broken(escape(with_emoji(text) if emoji else text))


def literal(text: str) -> Markup:
    """Return text in which Slack's three entities stand for their characters."""
    return escape(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def link(url: str, words: str) -> Markup:
    """Return a link that leads out of the page; other kinds of addresses are text."""
    if not _LINK.fullmatch(_entities(url)):
        return escape(words)
    made = '<a href="{}" target="_blank" rel="noreferrer noopener">{}</a>'
    return Markup(made).format(_entities(url), words)


def mention(user_id: str, reader: Reader) -> Markup:
    """Return a person's name as a mention; the reader's own stands out."""
    kind = "mention me" if user_id == reader.person.id else "mention"
    return Markup('<span class="{}">@{}</span>').format(kind, reader.name_of(user_id))


def _lines(text: str, reader: Reader) -> Markup:
    shown, quoted = Markup(""), list[str]()
    lines = text.strip("\n").split("\n") if text.strip("\n") else []
    for index, line in enumerate(lines):
        if _QUOTED.match(line):
            quoted.append(_QUOTED.sub("", line))
            continue
        shown += _quote(quoted, reader)
        quoted = []
        shown += _inline(line, reader) + (Markup("<br>") if index < len(lines) - 1 else Markup(""))
    return shown + _quote(quoted, reader)


def _quote(lines: list[str], reader: Reader) -> Markup:
    if not lines:
        return Markup("")
    return Markup("<blockquote>{}</blockquote>").format(
        Markup("<br>").join(_inline(line, reader) for line in lines)
    )


def _inline(text: str, reader: Reader) -> Markup:
    shown, end = Markup(""), 0
    for found in _INLINE.finditer(text):
        shown += literal(with_emoji(text[end : found.start()])) + _dressed(found, reader)
        end = found.end()
    return shown + literal(with_emoji(text[end:]))


def _dressed(found: re.Match[str], reader: Reader) -> Markup:
    if found["tag"]:
        return _tag(found["tag"], reader)
    if found["code"]:
        return Markup("<code>{}</code>").format(literal(_without_tags(found["code"])))
    name = str(found.lastgroup)
    return Markup(f"<{name}>{{}}</{name}>").format(_inline(found[name], reader))


def _tag(inside: str, reader: Reader) -> Markup:
    address, _, words = inside.partition("|")
    if address.startswith("@"):
        return mention(address[1:], reader)
    if address.startswith("#"):
        channel = reader.slack.channels.get(address[1:])
        name = reader.title_of(channel) if channel else words or address[1:]
        return Markup('<span class="mention">#{}</span>').format(name)
    if address.startswith("!"):
        return _special(address[1:], words, reader)
    if _LINK.fullmatch(_entities(address)):
        return link(address, _plain_words(words or address))
    return literal(f"<{inside}>")


def _special(said: str, words: str, reader: Reader) -> Markup:
    kind, _, rest = said.partition("^")
    if kind == "date":
        stamp, _, pattern = rest.partition("^")
        pattern, _, url = pattern.partition("^")
        now = datetime.now(UTC)
        shown = said_date(stamp, pattern, language=reader.language, zone=reader.zone, now=now) or words
        return link(url, shown) if url else Markup("<time>{}</time>").format(_plain_words(shown))
    group = reader.slack.groups.get(rest.partition("|")[0])
    name = group.handle if group else words.removeprefix("@") or kind
    return Markup('<span class="mention">@{}</span>').format(name)


def _without_tags(text: str) -> str:
    """Return code as Slack shows it: <https://example.com|example.com> is what was typed."""
    return re.sub(r"<(https?://[^<>|]+)(?:\|([^<>]+))?>", lambda tag: tag[2] or tag[1], text)


def _plain_words(words: str) -> str:
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _broken(text: Markup) -> Markup:
    return Markup(text.replace("\n", Markup("<br>")))
