"""Buttons that ask a line: an answer's offers.

Source: "Actions block" and "Button element" (Slack): 25 buttons a row, no action_id twice in a block.
"""

from collections.abc import Sequence

from bot.plan import Offer
from bot.views.blocks import ACTIONS, VALUE, Block, actions, button
from bot.views.speaker import Speaker
from bot.views.text import units

ACTION = "toban.offer."  # and its number in the message
MOST = 2 * ACTIONS  # more rows of buttons would push everything else out of sight


def offer_blocks(offers: Sequence[Offer], speak: Speaker) -> list[Block]:
    """Rows of buttons; a line that is too long to come back with a click gets none."""
    kept = [offer for offer in offers if 0 < units(offer.line) <= VALUE][:MOST]
    made = [
        button(speak.plain(offer.label), f"{ACTION}{number}", offer.line)
        for number, offer in enumerate(kept, 1)
    ]
    return [actions(made[at : at + ACTIONS]) for at in range(0, len(made), ACTIONS)]
