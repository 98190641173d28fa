"""The rich_text block as HTML: sections, lists, quotes, code.

Source: Slack's page "Rich text block".
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from markupsafe import Markup, escape

from playground.page.dates import said_date
from playground.page.emoji import with_emoji
from playground.page.mrkdwn import link, mention, plain
from playground.page.reader import Reader
from playground.slack.shapes import Json, as_list, as_object

_STYLES = {"code": "code", "bold": "strong", "italic": "em", "strike": "s", "underline": "u"}
_AROUND = {
    "rich_text_section": "<span>{}</span>",
    "rich_text_preformatted": '<pre tabindex="0">{}</pre>',
    "rich_text_quote": "<blockquote>{}</blockquote>",
}


def rich_text(block: Json, reader: Reader) -> Markup:
    """Return a rich_text block as this reader sees it."""
    return Markup("").join(_part(part, reader) for part in as_list(block.get("elements")))


def _part(part: Json, reader: Reader) -> Markup:
    kind = str(part.get("type"))
    inside = as_list(part.get("elements"))
    if kind == "rich_text_list":
        name = "ol" if part.get("style") == "ordered" else "ul"
        items = (Markup("<li>{}</li>").format(_part(each, reader)) for each in inside)
        return Markup(f"<{name}>{{}}</{name}>").format(Markup("").join(items))
    if kind not in _AROUND:
        return _unknown(part)
    return Markup(_AROUND[kind]).format(Markup("").join(_run(each, reader) for each in inside))


def _run(run: Json, reader: Reader) -> Markup:
    shown = _words(run, reader)
    for style, name in _STYLES.items():
        if as_object(run.get("style")).get(style):
            shown = Markup(f"<{name}>{{}}</{name}>").format(shown)
    return shown


def _words(run: Json, reader: Reader) -> Markup:
    drawn = _WORDS.get(str(run.get("type")))
    return drawn(run, reader) if drawn else _unknown(run)


def _text(run: Json, _reader: Reader) -> Markup:
    return plain(str(run.get("text", "")), emoji=False)


def _link(run: Json, _reader: Reader) -> Markup:
    url = str(run.get("url", ""))
    return link(url, str(run.get("text") or url))


def _user(run: Json, reader: Reader) -> Markup:
    return mention(str(run.get("user_id", "")), reader)


def _channel(run: Json, reader: Reader) -> Markup:
    channel = reader.slack.channels.get(str(run.get("channel_id")))
    name = reader.title_of(channel) if channel else run.get("channel_id")
    return Markup('<span class="mention">#{}</span>').format(name)


def _emoji(run: Json, _reader: Reader) -> Markup:
    return escape(with_emoji(f":{run.get('name', '')}:"))


def _broadcast(run: Json, _reader: Reader) -> Markup:
    return Markup('<span class="mention">@{}</span>').format(run.get("range"))


def _date(run: Json, reader: Reader) -> Markup:
    pattern, now = str(run.get("format", "{date_num}")), datetime.now(UTC)
    stamp = str(run.get("timestamp"))
    shown = said_date(stamp, pattern, language=reader.language, zone=reader.zone, now=now)
    return Markup("<time>{}</time>").format(shown or run.get("fallback", ""))


def _unknown(part: Json) -> Markup:
    return Markup('<code class="unknown">{}</code>').format(str(part))


_WORDS: Mapping[str, Callable[[Json, Reader], Markup]] = {
    "text": _text,
    "link": _link,
    "user": _user,
    "channel": _channel,
    "emoji": _emoji,
    "broadcast": _broadcast,
    "date": _date,
}
