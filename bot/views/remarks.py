"""What stands beside the steps: targets left alone, places that could not be read, notes."""

from collections.abc import Iterable, Sequence

from bot.plan import Left, Plan, Unread
from bot.views.blocks import Block, paragraph
from bot.views.speaker import Speaker
from bot.views.steps import place, target
from bot.views.text import clipped
from bot.words import Words, plural

SHOWN = 3
_LINE, _PART = 180, 700
_IN_ANSWER, _NOTE_IN_ANSWER, _NOTES_IN_ANSWER = 20, 420, 2900  # there the notes are the answer itself


def remark_blocks(plan: Plan, speak: Speaker) -> list[Block]:
    """The first few of each kind, with how many there are."""
    return [*_left(plan.left, speak), *_unread(plan.unread, speak), *_notes(plan, speak)]


def _left(left: Sequence[Left], speak: Speaker) -> list[Block]:
    if not left:
        return []
    head = plural("{n} target is left as it is", "{n} targets are left as they are", len(left))
    lines = (f"• {target(item.target)}: {speak.text(item.why, 100)}" for item in left[:SHOWN])
    return _part(head, "⏭️", lines, len(left), speak)


def _unread(unread: Sequence[Unread], speak: Speaker) -> list[Block]:
    if not unread:
        return []
    head = plural(
        "{n} place could not be read; nothing is changed there",
        "{n} places could not be read; nothing is changed there",
        len(unread),
    )
    lines = (f"• {place(item.place)}: {speak.text(item.why, 120)}" for item in unread[:SHOWN])
    return _part(head, "⚠️", lines, len(unread), speak)


def _notes(plan: Plan, speak: Speaker) -> list[Block]:
    if not plan.steps:
        sign = "💡" if len(plan.notes) <= SHOWN else "•"
        said = [f"{sign} {speak.text(note, _NOTE_IN_ANSWER)}" for note in plan.notes[:_IN_ANSWER]]
        return paragraph([*said, *_more(len(plan.notes), speak, _IN_ANSWER)], _NOTES_IN_ANSWER)
    lines = [f"💡 {speak.text(note, 210)}" for note in plan.notes[:SHOWN]]
    return paragraph([*lines, *_more(len(plan.notes), speak)], _PART)


def _part(head: Words, sign: str, lines: Iterable[str], count: int, speak: Speaker) -> list[Block]:
    clips = [clipped(line, _LINE) for line in lines]
    return paragraph([f"{sign} *{speak.text(head, 120)}*", *clips, *_more(count, speak)], _PART)


def _more(count: int, speak: Speaker, shown: int = SHOWN) -> list[str]:
    more = count - shown
    return [speak.text(plural("… and {n} more", "… and {n} more", more), 60)] if more > 0 else []
