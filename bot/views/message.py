"""A message: its blocks, and the plain text that arrives when blocks are refused or cannot be shown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.views.blocks import Block
from bot.views.offers import ACTION
from bot.views.text import channel_link, clipped, code, literal, mention

BLOCKS = 50
_LINK = re.compile(r"<https://[^<>|]*\|([^<>]*)>")  # to the console; what it says is an id
TEXT = 3900  # an edit may hold 4,000 ("chat.update", Slack)


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted or edited."""

    text: str  # the same facts as the blocks, for notifications, screen readers and refused blocks
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> "Message":
        """The message of these blocks, at most 50; its text is gathered from them."""
        kept = tuple(blocks[:BLOCKS])
        return cls(clipped("\n".join(_texts(kept)), TEXT) or " ", kept)


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        match block:
            case {"type": "section", "text": {"text": str(text)}}:
                yield _LINK.sub(r"`\1`", text)
            case {"type": "header", "text": {"text": str(text)}}:
                yield literal(text)  # plain text in its block, mrkdwn here
            case {"type": "context", "elements": list(parts)}:
                yield " · ".join(part["text"] for part in parts)
            case {"type": "table", "rows": list(rows)}:
                yield from (" | ".join(map(_cell, row)) for row in rows)
            case {"type": "actions", "elements": list(elements)}:
                yield from filter(None, map(_offered, elements))


def _offered(button: Block) -> str:
    """A line to type, where there are no buttons."""
    match button:
        case {"action_id": str(action), "text": {"text": str(label)}, "value": str(line)}:
            return f"{literal(label)}: {code(f'/{line}', 300)}" if action.startswith(ACTION) else ""
        case _:
            return ""


def _cell(cell: Block) -> str:
    match cell:
        case {"text": str(text)}:
            return literal(text)
        case {"elements": [{"elements": [{"type": "link", "text": str(text)}]}]}:
            return literal(text)
        case {"elements": [{"elements": [{"channel_id": str(channel)}]}]}:
            return channel_link(channel)
        case {"elements": [{"elements": list(users)}]}:
            return " ".join(mention(user["user_id"]) for user in users if "user_id" in user)
        case _:
            return ""
