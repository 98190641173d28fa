"""Rows of the home tab that tell of operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.command import Risk
from bot.operation import ENDS, Operation, Report, State
from bot.views.approval import decisions
from bot.views.blocks import Block, actions, context, link, section
from bot.views.console import in_report, linked
from bot.views.progress import progress, progress_line, tally
from bot.views.speaker import Speaker
from bot.views.states import asked, headline
from bot.views.steps import step_blocks
from bot.views.text import code
from bot.words import Words, plural, words

SHOW = "toban.show"
"""The action of a button that only leads somewhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation with the address of its message."""

    report: Report
    url: str = ""  # of its message; "" while there is none
    risk: Risk = Risk.CHANGE


def more(n: int, noun: str, verb: str, speak: Speaker) -> list[Block]:
    """How many are not shown, and the command that shows them all."""
    if n <= 0:
        return []
    return [
        context(
            f"{speak.text(plural('… and {n} more', '… and {n} more', n), 60)}: {code(f'/{noun} {verb}', 100)}"
        )
    ]


def show(url: str, speak: Speaker) -> list[Block]:
    """A button that opens a message; none for what has no message."""
    return [link(speak.plain(words("Show")), SHOW, url)] if url else []


def waiting_blocks(entry: Entry, speak: Speaker) -> list[Block]:
    """All that somebody needs to decide without looking elsewhere, and the buttons."""
    report, operation = entry.report, entry.report.operation
    lines = [
        headline(report, speak),
        code(f"/{operation.ask.line}", 300),
        speak.text(asked(operation), 200),
    ]
    if operation.plan:
        lines.append(speak.text(operation.plan.summary, 600))
    if operation.expires:
        lines.append(speak.text(words("expires at {at}", at=operation.expires), 100))
    buttons = [*decisions(report, speak, entry.risk), *show(entry.url, speak)]
    steps = linked(step_blocks(report, speak), in_report(report), speak.console)
    return [section("\n".join(lines)), *steps, actions(buttons)]


def asking_row(entry: Entry, speak: Speaker) -> Block:
    """An operation that stands still until somebody says whether it goes on."""
    number, line = entry.report.operation.number, entry.report.operation.ask.line
    said = words(
        "somebody has to say whether it goes on: `/failover continue {number}` or `/failover abort {number}`",
        number=number,
    )
    text = f"❔ *#{number}* {code(f'/{line}', 200)}\n{speak.text(said, 300)}"
    return _beside(section(text, 900), entry.url, speak)


def running_rows(entries: Sequence[Entry], speak: Speaker, now: datetime) -> list[Block]:
    """Each with how far it is."""
    return [
        _row(each, speak, [progress_line(progress(each.report, now), speak)] if each.report.total else [])
        for each in entries
    ]


def operation_rows(entries: Sequence[Entry], speak: Speaker) -> list[Block]:
    """Each with how it ended."""
    return [_row(each, speak, _outcome(each.report, speak)) for each in entries]


def _outcome(report: Report, speak: Speaker) -> list[str]:
    operation = report.operation
    if operation.state in ENDS and operation.started:
        return [speak.text(report.told.summary, 400) if report.told else tally(report, speak)]
    return [speak.text(operation.reason, 200)] if operation.reason else []


def _row(entry: Entry, speak: Speaker, below: Sequence[str]) -> Block:
    operation = entry.report.operation
    small = [speak.text(_when(operation), 150), *below]
    text = f"{headline(entry.report, speak)}  {code(f'/{operation.ask.line}', 200)}\n{' · '.join(small)}"
    return _beside(section(text, 900), entry.url, speak)


def _beside(made: Block, url: str, speak: Speaker) -> Block:
    found = show(url, speak)
    return {**made, "accessory": found[0]} if found else made


def _when(operation: Operation) -> Words:
    person = operation.ask.asker.person
    if operation.ended and operation.state is not State.ANSWERED:
        return words("{person}, ended {at}", person=person, at=operation.ended)
    return words("{person}, asked {at}", person=person, at=operation.ask.at)
