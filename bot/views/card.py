"""The card: one operation, one message, edited from planned to its end.

The parts are bounded so that all of them together stay below the 9,500 characters of text that Slack
takes in one message's blocks.
"""

from datetime import datetime

from bot.command import Risk
from bot.operation import ENDS, Operation, Report, State
from bot.views.answer import answer_blocks
from bot.views.approval import approval_lines, buttons
from bot.views.blocks import Block, context, paragraph, section
from bot.views.console import in_report, linked
from bot.views.message import Message
from bot.views.progress import progress, progress_line
from bot.views.remarks import remark_blocks
from bot.views.speaker import Speaker
from bot.views.states import asked, headline
from bot.views.steps import step_blocks
from bot.views.text import code
from bot.views.told import outcome
from bot.words import Words, words

_LINE = 2_600
"""Units: who approves a command of 500 characters sees all of it, each an escape of five at worst."""


def card(report: Report, speak: Speaker, now: datetime, risk: Risk = Risk.CHANGE) -> Message:
    """Everything a person needs to know of this operation now.

    Approving asks once more when `risk` is DESTROY or a shown step carries a warning.
    """
    operation = report.operation
    blocks = [_head(report, speak), *_reason(operation, speak), *_standing(report, speak, now)]
    if operation.plan and not report.total:
        blocks += answer_blocks(operation.plan, speak)
    elif operation.plan:
        if report.told is None:
            blocks += paragraph([speak.text(operation.plan.summary, 800)])
        blocks += step_blocks(report, speak) + remark_blocks(operation.plan, speak)
    blocks += paragraph(approval_lines(report, speak), 900)
    blocks = linked(blocks, in_report(report), speak.console)
    return Message.of([*blocks, *_small_print(operation, speak), *buttons(report, speak, risk)])


def _head(report: Report, speak: Speaker) -> Block:
    operation = report.operation
    line = code(f"/{operation.ask.line}", _LINE)
    return section("\n".join([headline(report, speak), line, speak.text(asked(operation), 200)]))


def _reason(operation: Operation, speak: Speaker) -> list[Block]:
    """Why it ended so, or that it is about to; an end has one reason, whoever brought it about."""
    said = [speak.text(operation.reason, 500)] if operation.reason else []
    if operation.cancelled_by and not (said and operation.state in ENDS):
        said.append(speak.text(_stopping(operation), 200))
    return paragraph(said)


def _stopping(operation: Operation) -> Words:
    if operation.state in ENDS:
        return words("cancelled by {person}", person=operation.cancelled_by)
    return words(
        "{person} asked to stop; what was sent is still followed to its end", person=operation.cancelled_by
    )


def _standing(report: Report, speak: Speaker, now: datetime) -> list[Block]:
    """Progress while it runs, the whole sum at its end."""
    if not report.total:
        return []
    if report.operation.state is State.RUNNING:
        return [section(progress_line(progress(report, now), speak), 300)]
    if report.operation.state in ENDS and report.operation.started:
        return paragraph(outcome(report, speak), 1200)
    return []


def _small_print(operation: Operation, speak: Speaker) -> list[Block]:
    said = [words("asked {at}", at=operation.ask.at)]
    if operation.plan_hash:
        said.append(words("plan {hash}", hash=operation.plan_hash[:12]))
    return [context(*(speak.text(each, 100) for each in said))]
