"""Block Kit by construction: whatever goes in, what comes out is within Slack's limits.

Sources: Slack's pages "Block Kit blocks", "Block Kit elements" and "Confirmation dialog object".
Plain dictionaries, since the SDK's models cost more time and check less.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from bot.views.text import clipped, units

Block: TypeAlias = dict[str, object]
Style: TypeAlias = Literal["", "primary", "danger"]

HEADER, SECTION, BUTTON, VALUE, CONTEXT = 150, 3000, 75, 2000, 10
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
MODAL_TITLE, METADATA, ACTIONS = 24, 3000, 25


def plain(text: str, most: int) -> Block:
    """A plain-text object; an empty one would be refused and becomes a space."""
    return {"type": "plain_text", "text": clipped(text, most) or " ", "emoji": True}


def mrkdwn(text: str, most: int = SECTION) -> Block:
    """A mrkdwn text object; Slack links nothing in it that is not marked as a link."""
    return {"type": "mrkdwn", "text": clipped(text, most) or " ", "verbatim": True}


def header(text: str) -> Block:
    """A heading of at most 150 characters."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, most: int = SECTION) -> Block:
    """A paragraph of mrkdwn."""
    return {"type": "section", "text": mrkdwn(text, most)}


def paragraph(lines: Iterable[str], most: int = SECTION) -> list[Block]:
    """The section these lines make, or none when there are no lines."""
    text = "\n".join(line for line in lines if line)
    return [section(text, most)] if text else []


def context(*texts: str) -> Block:
    """Small print: at most ten texts."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:CONTEXT]] or [mrkdwn("")]}


def button(label: str, action: str, value: str, style: Style = "", confirm: Block | None = None) -> Block:
    """A button; `value` comes back with the click.  Raises ValueError when it is longer than 2,000."""
    if units(value) > VALUE:
        raise ValueError("a button's value may not be clipped: what comes back would not be what was shown")
    made: Block = {"type": "button", "text": plain(label, BUTTON), "action_id": action, "value": value}
    if style:
        made["style"] = style
    if confirm:
        made["confirm"] = confirm
    return made


def link(label: str, action: str, url: str) -> Block:
    """A button that opens an address; Slack tells of the click too, and wants it acknowledged."""
    return {"type": "button", "text": plain(label, BUTTON), "action_id": action, "url": url}


def divider() -> Block:
    """A line between two parts."""
    return {"type": "divider"}


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """The question before a dangerous click."""
    return {
        "title": plain(title, CONFIRM_TITLE),
        "text": mrkdwn(text, CONFIRM_TEXT),
        "confirm": plain(yes, CONFIRM_BUTTON),
        "deny": plain(no, CONFIRM_BUTTON),
        "style": "danger",
    }


def actions(buttons: Sequence[Block]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons[:ACTIONS])}


def preformatted(text: str, most: int = SECTION) -> Block:
    """A block of fixed-width text, already escaped."""
    return section(f"```{clipped(text.replace('`', 'ˋ'), most - 6) or ' '}```", most)
