"""Slack's markup in what people type: mentions, links and three escapes.

Slack sends ``&``, ``<`` and ``>`` as entities, and wraps mentions and whatever it takes for an address in
``<…>`` ("Formatting text for app surfaces", "Enabling interactivity with slash commands").
"""

import re

_SPAN = re.compile(r"<(?P<span>[@#!][^<>]+|(?:https?|ftp|mailto|tel|slack):[^<>]+)>|&(?P<entity>amp|lt|gt);")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_MARKUP = re.compile(r"<(?=[@#!]|(?:https?|ftp|mailto|tel|slack):)|&(?=(?:amp|lt|gt);)")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}


def as_typed(text: str) -> str:
    """The text as the person typed it; a mentioned user stays ``<@U…>``, without the name.

    A link means its label, which is what the person sees: ``<http://web-1.example.com|web-1.example.com>``.
    """
    return _SPAN.sub(_meaning, text)


def kept(text: str) -> str:
    """Written so that `as_typed` gives back exactly this text."""
    return _MARKUP.sub(lambda match: "&lt;" if match[0] == "<" else "&amp;", text)


def _meaning(match: re.Match[str]) -> str:
    if match["entity"]:
        return _CHARACTERS[match["entity"]]
    target, _, label = match["span"].partition("|")
    label = _unescaped(label)
    match target[0]:
        case "@":
            return f"<{target}>"
        case "#":
            return f"#{label}" if label else f"<{target}>"
        case "!":
            return label or f"@{target[1:]}"
        case _:
            return label or _unescaped(target).removeprefix("mailto:").removeprefix("tel:")


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda match: _CHARACTERS[match[1]], text)
