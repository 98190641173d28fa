"""The home tab's bill: what this month has cost so far, as far as toban's own book knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.views.blocks import Block, context, paragraph
from bot.views.speaker import Speaker
from bot.words import Words, words

BUDGETS = 5


@dataclass(frozen=True, slots=True)
class Spent:
    """This month, in the words of `/cost month` and `/cost budget list`; in its first days the last one."""

    said: Words | None = None  # None: nothing is known
    budgets: Sequence[Words] = ()
    asked: datetime | None = None  # when AWS was asked for the newest of it


def spent_blocks(spent: Spent, speak: Speaker) -> list[Block]:
    """The sum, each budget, and as of when; nothing where nothing is known."""
    if spent.said is None and not spent.budgets:
        return []
    said = [f"*{speak.text(spent.said, 600)}*"] if spent.said else []
    lines = [*said, *(speak.text(one, 300) for one in spent.budgets[:BUDGETS])]
    small = [speak.text(words("`/cost month` shows more, and asks AWS for what is newer."), 200)]
    if spent.asked:
        small.insert(0, speak.text(words("as AWS said it at {at}", at=spent.asked), 150))
    return [*paragraph(lines), context(" · ".join(small))]
