"""Text for Slack: escaping, neutralising, clipping.

Slack's own pages: "Formatting text for app surfaces" for the three escapes and for mentions.  Lengths
are counted in UTF-16 units, the largest way Slack might count them.
"""

import re
import unicodedata

from bot.language import Markup

PEOPLE = frozenset({"person", "asker", "approver", "owner", "by"})
"""Places of a sentence that name a Slack user; the user id there becomes a mention."""

CHANNELS = frozenset({"channel"})
"""Places of a sentence that name a Slack channel; its id there becomes a link to it."""

_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}")
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_USER_GROUP = re.compile(r"S[A-Z0-9]{2,20}")
# What would make a line lie about its order (bidirectional controls), break it, or not encode at all.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
# An underscore within a word formats nothing, in mrkdwn as in Markdown: AWS's codes can be copied as they are
_FORMAT = re.compile(r"[*~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<!\w):(?=[\w+'-]+:)")
_JOINER = "\u2060"  # invisible, takes no room, and keeps a character from being read as formatting
_CUT = re.compile(r"&[a-z]{0,4}$|<[^<>]*$")


def escaped(text: str) -> str:
    """The text with Slack's three special characters escaped, so that it mentions and links nothing."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tame(text: str) -> str:
    """The text on one line, without characters that reorder, break or cannot be sent."""
    return _UNSAFE.sub("\ufffd", _SPACE.sub(" ", text))


def literal(text: str) -> str:
    """Text of unknown origin within a sentence: it reads as it was written, and does nothing."""
    return _FORMAT.sub(lambda found: _JOINER + found[0] + _JOINER, _unquoted(escaped(tame(text))))


def code(text: str, most: int = 200) -> str:
    """Text of unknown origin in Slack's code style, clipped to `most` characters."""
    return f"`{clipped(_unquoted(escaped(tame(text))), most) or ' '}`"


def mention(person: str) -> str:
    """A mention of a Slack user's or user group's id; any other name stays a plain name."""
    if _USER_GROUP.fullmatch(person):
        return f"<!subteam^{person}>"
    return f"<@{person}>" if _USER.fullmatch(person) else literal(person)


def channel_link(channel: str) -> str:
    """A link to a Slack channel's id; any other text stays as it is."""
    return f"<#{channel}>" if _CHANNEL.fullmatch(channel) else literal(channel)


def clipped(text: str, most: int) -> str:
    """The text within `most` UTF-16 units, ended by "…" when something was cut.

    Never cuts inside an escape, a mention or a character; closes a code span it cut.
    """
    if len(text) <= most and units(text) <= most:
        return text
    kept = _CUT.sub("", _whole(text, most - 2)).rstrip()
    return f"{kept}…`" if kept.count("`") % 2 else f"{kept}…"


def _unquoted(text: str) -> str:
    """The text without the mark that begins and ends code; its look-alike stands in."""
    return text.replace("`", "ˋ")


def units(text: str) -> int:
    """How many UTF-16 units the text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _whole(text: str, most: int) -> str:
    """At most so many units from the front, ending between two visible characters."""
    end = min(len(text), most)
    while units(text[:end]) > most:
        end -= max(1, (units(text[:end]) - most) // 2)
    while 0 < end < len(text) and (_clings(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end]


def _clings(character: str) -> bool:
    """Whether a character belongs to the one before it: accents, joiners, variants, skin tones."""
    return (
        bool(unicodedata.combining(character))
        or unicodedata.category(character) in {"Mn", "Me"}
        or character == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def _dressed(place: str, text: str) -> str:
    if place in PEOPLE:
        return mention(text)
    return channel_link(text) if place in CHANNELS else literal(text)


MRKDWN = Markup(escaped, _dressed)
"""How sentences are dressed for Slack's mrkdwn: values do nothing, people are mentioned."""
