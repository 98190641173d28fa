"""Answers: a plan without steps, and single sentences."""

from bot.plan import Plan
from bot.views.blocks import Block, context, paragraph, section
from bot.views.message import Message
from bot.views.remarks import remark_blocks
from bot.views.speaker import Speaker
from bot.views.table import table_blocks
from bot.views.text import code
from bot.words import Words, words


def answer(plan: Plan, speak: Speaker, line: str = "") -> Message:
    """What was found, with the line that asked for it when it is given."""
    asked = [context(code(f"/{line}", 300))] if line else []
    return Message.of([*answer_blocks(plan, speak), *asked])


def answer_blocks(plan: Plan, speak: Speaker) -> list[Block]:
    """Summary, table, what was left out, what could not be read, notes."""
    blocks = paragraph([speak.text(plan.summary, 1500)])
    if plan.table:
        blocks += table_blocks(plan.table, speak)
    if plan.file:
        blocks.append(
            section(f"📎 {speak.text(words('all of it is in the file {name}', name=plan.file.name), 200)}")
        )
    return blocks + remark_blocks(plan, speak)


def sentence(said: Words, speak: Speaker) -> Message:
    """One sentence, such as a private answer to a click."""
    return Message.of([section(speak.text(said))])
