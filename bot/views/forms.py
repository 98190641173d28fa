"""Forms: the one that asks why a plan is denied."""

from bot.operation import Operation
from bot.views.blocks import METADATA, MODAL_TITLE, Block, plain, section
from bot.views.speaker import Speaker
from bot.views.text import code, units
from bot.words import words

DENY, REASON, TEXT = "toban.deny", "reason", "text"
"""The form's callback id, and where its one answer stands: ``values[REASON][TEXT]["value"]``."""
LONGEST = 500  # characters of a reason


def deny_form(operation: Operation, private_metadata: str, speak: Speaker) -> Block:
    """A modal that asks for the reason; it cannot be sent without one.

    Raises ValueError when the metadata is longer than the 3,000 characters Slack takes.
    """
    if units(private_metadata) > METADATA:
        raise ValueError("a form's metadata may not be clipped")
    number = operation.number
    return {
        "type": "modal",
        "callback_id": DENY,
        "private_metadata": private_metadata,
        "title": plain(speak.plain(words("Deny #{number}", number=number)), MODAL_TITLE),
        "submit": plain(speak.plain(words("Deny")), MODAL_TITLE),
        "close": plain(speak.plain(words("Back")), MODAL_TITLE),
        "blocks": [section(code(f"/{operation.ask.line}", 300)), _reason(speak)],
    }


def _reason(speak: Speaker) -> Block:
    hint = words("the asker sees it, and it stands in the audit log")
    return {
        "type": "input",
        "block_id": REASON,
        "label": plain(speak.plain(words("Why not?")), 2000),
        "hint": plain(speak.plain(hint), 2000),
        "element": {
            "type": "plain_text_input",
            "action_id": TEXT,
            "multiline": True,
            "min_length": 1,
            "max_length": LONGEST,
        },
    }
