"""The app's home tab: what waits for me, what I asked for, what goes on, the hours, and what comes next.

A home tab holds at most 100 blocks ("Home tab views", Slack); each part is bounded so that all fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.brief import Held, ScheduleBrief
from bot.command import Risk
from bot.hours import Hours
from bot.operation import ENDS, Operation, Report, State
from bot.views.approval import decisions
from bot.views.blocks import Block, actions, context, divider, header, link, section
from bot.views.console import in_report, linked
from bot.views.hours import hours_blocks
from bot.views.progress import progress, progress_line, tally
from bot.views.speaker import Speaker
from bot.views.states import SIGNS, asked, headline
from bot.views.steps import step_blocks
from bot.views.text import code
from bot.words import Words, plural, words

WAITING, MINE, RUNNING, SCHEDULES, CHANGED = 5, 10, 5, 5, 8
SHOW = "toban.show"
"""The action of a button that only leads somewhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation with the address of its message."""

    report: Report
    url: str = ""  # of its message; "" while there is none
    risk: Risk = Risk.CHANGE


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person's home tab tells, newest first."""

    waiting: Sequence[Entry] = ()
    mine: Sequence[Entry] = ()
    running: Sequence[Entry] = ()
    changed: Sequence[Entry] = ()
    schedules: Sequence[ScheduleBrief] = ()
    hours: Sequence[Hours] = ()
    held: Sequence[Held] = ()


def home(desk: Desk, speak: Speaker, now: datetime) -> Block:
    """The view of one person's home tab."""
    blocks = [
        *_part(
            words("Waiting for me"), _waiting(desk.waiting, speak), words("Nothing waits for you."), speak
        ),
        *_part(words("Running now"), _running(desk.running, speak, now), words("Nothing is running."), speak),
        *_part(
            words("My requests"), _rows(desk.mine[:MINE], speak), words("You asked for nothing yet."), speak
        ),
        *_hours(desk, speak, now),
        *_part(
            words("Next schedules"), _schedules(desk.schedules, speak), words("No schedule is due."), speak
        ),
        *_part(
            words("Recent changes"),
            _rows(desk.changed[:CHANGED], speak),
            words("Nothing changed yet."),
            speak,
        ),
        context(speak.text(words("Type `/toban` to see what you can do."), 200)),
    ]
    return {"type": "home", "blocks": blocks[:100]}


def _part(title: Words, found: Iterable[Block], nothing: Words, speak: Speaker) -> list[Block]:
    return [header(speak.plain(title)), *(list(found) or [context(speak.text(nothing))]), divider()]


# -- waiting for me ------------------------------------------------------------------------------


def _waiting(entries: Sequence[Entry], speak: Speaker) -> list[Block]:
    found = [block for each in entries[:WAITING] for block in _decide(each, speak)]
    more = len(entries) - WAITING
    said = plural("… and {n} more", "… and {n} more", more)
    return [*found, context(speak.text(said, 60))] if more > 0 else found


def _decide(entry: Entry, speak: Speaker) -> list[Block]:
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
    buttons = [*decisions(report, speak, entry.risk), *_show(entry, speak)]
    steps = linked(step_blocks(report, speak), in_report(report))
    return [section("\n".join(lines)), *steps, actions(buttons)]


# -- what goes on --------------------------------------------------------------------------------


def _running(entries: Sequence[Entry], speak: Speaker, now: datetime) -> list[Block]:
    return [
        _row(each, speak, [progress_line(progress(each.report, now), speak)] if each.report.total else [])
        for each in entries[:RUNNING]
    ]


def _rows(entries: Sequence[Entry], speak: Speaker) -> list[Block]:
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
    made = section(text, 900)
    if button := _show(entry, speak):
        made["accessory"] = button[0]
    return made


def _when(operation: Operation) -> Words:
    person = operation.ask.asker.person
    if operation.ended and operation.state is not State.ANSWERED:
        return words("{person}, ended {at}", person=person, at=operation.ended)
    return words("{person}, asked {at}", person=person, at=operation.ask.at)


def _show(entry: Entry, speak: Speaker) -> list[Block]:
    return [link(speak.plain(words("Show")), SHOW, entry.url)] if entry.url else []


# -- what comes next -----------------------------------------------------------------------------


def _hours(desk: Desk, speak: Speaker, now: datetime) -> list[Block]:
    """Nothing at all for a team that keeps no hours."""
    found = hours_blocks(desk.hours, desk.held, speak, now)
    return [header(speak.plain(words("Office hours today"))), *found, divider()] if found else []


def _schedules(schedules: Sequence[ScheduleBrief], speak: Speaker) -> list[Block]:
    due = [(one.next_due, one) for one in schedules if one.next_due and not (one.disabled or one.paused_by)]
    due.sort(key=lambda pair: (pair[0], pair[1].name))
    return [section(_due(at, one, speak), 600) for at, one in due[:SCHEDULES]]


def _due(at: datetime, one: ScheduleBrief, speak: Speaker) -> str:
    last = f" {SIGNS[State(one.last.state)]}" if one.last else ""
    said = speak.text(words("{name}, next at {at}", name=one.name, at=at), 200)
    return f"⏰ *{said}*{last}\n{code(one.line, 300)}"
