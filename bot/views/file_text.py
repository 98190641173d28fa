"""The text of a file, with what is said in it in the reader's language; it formats nothing of its own.

A code span of a sentence stays one: "`failover.cut-subnet` subnet-1".
"""

import html
import re

from bot.plan import File
from bot.views.speaker import Speaker
from bot.words import Words

_PLACE = re.compile("\ue000([0-9]{1,4})\ue001")
_CODE = re.compile("`([^`]*)`")
_MARKDOWN = re.compile(r"([\\*<|\[\]#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")


def file_text(file: File, speak: Speaker) -> str:
    """All of it."""
    if not file.said:
        return file.text
    ending = file.name.rpartition(".")[2]

    def said(found: re.Match[str]) -> str:
        number = int(found[1])
        return _said(file.said[number], speak, ending) if number < len(file.said) else ""

    return _PLACE.sub(said, file.text)


def _said(words: Words, speak: Speaker, ending: str) -> str:
    text = speak.plain(words)
    if ending == "html":
        return _CODE.sub(r"<code>\1</code>", html.escape(text))
    return _MARKDOWN.sub(r"\\\1", text) if ending == "md" else text
