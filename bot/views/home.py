"""The app's home tab: what waits for me, what I asked for, what goes on, comes next, rings, and costs.

A home tab holds at most 100 blocks ("Home tab views", Slack); each part is bounded so that all fit, says how
many more there are, and which command shows them all.  A part that is None is not for this reader's eyes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.brief import Held, ScheduleBrief
from bot.hours import Hours
from bot.operation import TITLES, State
from bot.views.blocks import Block, context, divider, header, section
from bot.views.home_alarms import Alarms, Ringing, alarm_blocks, called_blocks
from bot.views.home_rows import Entry, asking_row, more, operation_rows, running_rows, waiting_blocks
from bot.views.home_spent import Spent, spent_blocks
from bot.views.hours import hours_blocks
from bot.views.speaker import Speaker
from bot.views.states import SIGNS
from bot.views.text import code
from bot.words import Words, words

WAITING, ASKING, CALLED, MINE, RUNNING, SCHEDULES, CHANGED = 5, 3, 3, 8, 5, 5, 6
NOTHING_WAITS = words("Nothing waits for you. What needs your approval stands here, with its buttons.")
NOTHING_ASKED = words(
    "You asked for nothing yet. Type `/ec2` anywhere, and toban tells what it can do there."
)
NOTHING_RUNS = words("Nothing is running. What begins shows here how far it is.")
NO_SCHEDULE = words("No schedule is due. `/schedule add` has a line asked at a time of day.")
NO_CHANGE = words(
    "Nothing changed yet. Every change stands here for a while, and in `/toban audit` for good."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person's home tab tells, newest first."""

    waiting: Sequence[Entry] = ()
    waits: int = 0  # how many there are in all
    asking: Sequence[Entry] = ()  # what asks somebody whether to go on
    called: Sequence[Ringing] = ()  # alarms for which this person is called
    mine: Sequence[Entry] = ()
    running: Sequence[Entry] | None = ()
    runs: int = 0
    schedules: Sequence[ScheduleBrief] | None = ()
    alarms: Alarms | None = None
    spent: Spent | None = None
    hours: Sequence[Hours] = ()
    held: Sequence[Held] = ()
    changed: Sequence[Entry] | None = ()


def home(desk: Desk, speak: Speaker, now: datetime) -> Block:
    """The view of one person's home tab."""
    mine = operation_rows(desk.mine[:MINE], speak)
    blocks = [
        *_part(words("Waiting for me"), _waiting(desk, speak), NOTHING_WAITS, speak),
        *_part(words("My requests"), mine, NOTHING_ASKED, speak),
        *_running(desk, speak, now),
        *_schedules(desk.schedules, speak),
        *([] if desk.alarms is None else _alarms(desk.alarms, speak)),
        *([] if desk.spent is None else _spent(desk.spent, speak)),
        *_hours(desk, speak, now),
        *_changed(desk.changed, speak),
        context(speak.text(words("Type `/toban` to see what you can do."), 200)),
    ]
    return {"type": "home", "blocks": blocks}


def _part(title: Words, found: Iterable[Block], nothing: Words, speak: Speaker) -> list[Block]:
    return [header(speak.plain(title)), *(list(found) or [context(speak.text(nothing))]), divider()]


def _waiting(desk: Desk, speak: Speaker) -> list[Block]:
    """The most urgent first: what stands still on its way, then what rings, then what may wait."""
    return [
        *(asking_row(each, speak) for each in desk.asking[:ASKING]),
        *(block for each in desk.called[:CALLED] for block in called_blocks(each, speak)),
        *more(len(desk.called) - CALLED, "alarm", "list", speak),
        *(block for each in desk.waiting[:WAITING] for block in waiting_blocks(each, speak)),
        *more(max(desk.waits, len(desk.waiting)) - WAITING, "toban", "pending", speak),
    ]


def _running(desk: Desk, speak: Speaker, now: datetime) -> list[Block]:
    if desk.running is None:
        return []
    rows = running_rows(desk.running[:RUNNING], speak, now)
    rows += more(max(desk.runs, len(desk.running)) - RUNNING, "toban", "pending", speak)
    return _part(words("Running now"), rows, NOTHING_RUNS, speak)


def _changed(changed: Sequence[Entry] | None, speak: Speaker) -> list[Block]:
    if changed is None:
        return []
    rows = operation_rows(changed[:CHANGED], speak)
    return _part(words("Recent changes"), rows, NO_CHANGE, speak)


# -- what comes next -----------------------------------------------------------------------------


def _hours(desk: Desk, speak: Speaker, now: datetime) -> list[Block]:
    """Nothing at all for a team that keeps no hours."""
    found = hours_blocks(desk.hours, desk.held, speak, now)
    return [header(speak.plain(words("Office hours today"))), *found, divider()] if found else []


def _schedules(schedules: Sequence[ScheduleBrief] | None, speak: Speaker) -> list[Block]:
    if schedules is None:
        return []
    due = [(one.next_due, one) for one in schedules if one.next_due and not (one.disabled or one.paused_by)]
    due.sort(key=lambda pair: (pair[0], pair[1].name))
    rows = [section(_due(at, one, speak), 900) for at, one in due[:SCHEDULES]]
    rows += more(len(schedules) - len(rows), "schedule", "list", speak) if rows else []
    return _part(words("Next schedules"), rows, NO_SCHEDULE, speak)


def _due(at: datetime, one: ScheduleBrief, speak: Speaker) -> str:
    said = speak.text(words("{name}, next at {at}, for {owner}", name=one.name, at=at, owner=one.owner), 250)
    return f"⏰ *{said}*\n{code(one.line, 300)}\n{speak.text(_last(one), 200)}"


def _last(one: ScheduleBrief) -> Words:
    if one.last is None:
        return words("It has not run yet.")
    sign, state = SIGNS[State(one.last.state)], TITLES[State(one.last.state)]
    return words(
        "{sign} last: #{number}, asked {at}: {state}",
        sign=sign,
        number=one.last.number,
        at=one.last.asked,
        state=state,
    )


# -- what rings, and what it costs ---------------------------------------------------------------


def _alarms(alarms: Alarms, speak: Speaker) -> list[Block]:
    nothing = words("No alarm is open. `/alarm cover` shows what nothing watches yet.")
    return _part(words("Open alarms"), alarm_blocks(alarms, speak), nothing, speak)


def _spent(spent: Spent, speak: Speaker) -> list[Block]:
    nothing = words("Nothing is known of the bill yet. `/cost month` asks AWS for it, for a cent.")
    return _part(words("Spent this month"), spent_blocks(spent, speak), nothing, speak)
