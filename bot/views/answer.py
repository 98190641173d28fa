"""Answers: a plan without steps, and single sentences."""

from bot.plan import File, Plan
from bot.views.blocks import Block, context, paragraph, preformatted, section
from bot.views.chart import NOT_SHOWN, Shown, chart_blocks
from bot.views.message import BLOCKS, Message
from bot.views.offers import offer_blocks
from bot.views.remarks import remark_blocks
from bot.views.speaker import Speaker
from bot.views.table import table_blocks
from bot.views.text import code, escaped, units
from bot.words import Words, words

SHORT = 2000  # of a file that is shown in the message


def answer(plan: Plan, speak: Speaker, line: str = "", shown: Shown = NOT_SHOWN) -> Message:
    """What was found, with the line that asked for it when it is given."""
    asked = [context(code(f"/{line}", 300))] if line else []
    blocks = [*answer_blocks(plan, speak, shown)[: BLOCKS - len(asked)], *asked]
    return Message.of(blocks)


def answer_blocks(plan: Plan, speak: Speaker, shown: Shown = NOT_SHOWN) -> list[Block]:
    """Summary, chart, table, what was left out, what could not be read, notes, what is offered."""
    blocks = paragraph([speak.text(plan.summary, 1500)])
    if plan.chart:
        blocks += chart_blocks(plan.chart, shown, speak)
    if plan.table:
        blocks += table_blocks(plan.table, speak)
    blocks += remark_blocks(plan, speak) + (_file_blocks(plan.file, speak) if plan.file else [])
    return blocks + offer_blocks(plan.offers, speak)


def _file_blocks(file: File, speak: Speaker) -> list[Block]:
    """A short one is shown as it is, to be read or copied; another is named."""
    if file.name.endswith((".json", ".txt")) and units(file.text) <= SHORT:
        return [preformatted(escaped(file.text))]
    return [section(f"📎 {speak.text(words('all of it is in the file {name}', name=file.name), 200)}")]


def sentence(said: Words, speak: Speaker) -> Message:
    """One sentence, such as a private answer to a click."""
    return Message.of([section(speak.text(said))])
