"""Answers: a plan without steps, and single sentences."""

from bot.plan import File, Plan
from bot.views.blocks import Block, context, paragraph, preformatted, section
from bot.views.message import Message
from bot.views.remarks import remark_blocks
from bot.views.speaker import Speaker
from bot.views.table import table_blocks
from bot.views.text import code, escaped, units
from bot.words import Words, words

SHORT = 2000  # of a file that is shown in the message


def answer(plan: Plan, speak: Speaker, line: str = "") -> Message:
    """What was found, with the line that asked for it when it is given."""
    asked = [context(code(f"/{line}", 300))] if line else []
    return Message.of([*answer_blocks(plan, speak), *asked])


def answer_blocks(plan: Plan, speak: Speaker) -> list[Block]:
    """Summary, table, what was left out, what could not be read, notes."""
    blocks = paragraph([speak.text(plan.summary, 1500)])
    if plan.table:
        blocks += table_blocks(plan.table, speak)
    return blocks + remark_blocks(plan, speak) + (_file_blocks(plan.file, speak) if plan.file else [])


def _file_blocks(file: File, speak: Speaker) -> list[Block]:
    """A short one is shown as it is, to be read or copied; another is named."""
    if file.name.endswith((".json", ".txt")) and units(file.text) <= SHORT:
        return [preformatted(escaped(file.text))]
    return [section(f"📎 {speak.text(words('all of it is in the file {name}', name=file.name), 200)}")]


def sentence(said: Words, speak: Speaker) -> Message:
    """One sentence, such as a private answer to a click."""
    return Message.of([section(speak.text(said))])
