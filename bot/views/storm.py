"""Many troubles at once as one message: how many, how they stand, the newest of them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.glance import sign
from bot.trouble import State, Trouble
from bot.views.blocks import Block, actions, button, context, paragraph, section
from bot.views.message import Message
from bot.views.speaker import Speaker
from bot.words import plural, words

NEWEST = 8
ACKNOWLEDGE_ALL = "toban.storm.acknowledge"


def message(
    number: int,
    cause: str,
    began: datetime,
    counts: Mapping[State, int],
    newest: Sequence[Trouble],
    speak: Speaker,
) -> Message:
    """The whole of a storm; every one of its troubles stands in /alarm list.

    One button acknowledges all that nobody looks at, since two hundred clicks are none.
    """
    total, open_ = sum(counts.values()), sum(counts.get(one, 0) for one in (State.OPEN, State.ACKNOWLEDGED))
    head = plural(
        "{n} alarm at once in {cause}; {open} of them not over",
        "{n} alarms at once in {cause}; {open} of them not over",
        total,
        cause=cause or words("several places"),
        open=open_,
    )
    lines = [f"{sign(one)} #A{one.number} {speak.text(one.title, 150)}" for one in newest[:NEWEST]]
    if (more := total - len(lines)) > 0:
        lines.append(speak.text(plural("… and {n} more", "… and {n} more", more), 60))
    small = (words("since {began}", began=began), words("all of them: /alarm list"))
    return Message.of(
        [
            section(f"{'🌩️' if open_ else '✅'} *{speak.text(head, 300)}*"),
            *paragraph(lines),
            context(*(speak.text(one, 100) for one in small)),
            *_buttons(number, counts.get(State.OPEN, 0), speak),
        ]
    )


def _buttons(number: int, waiting: int, speak: Speaker) -> list[Block]:
    if not waiting:
        return []
    label = speak.plain(words("Acknowledge all"))
    value = json.dumps({"op": number, "hash": "storm"})
    return [actions([button(label, ACKNOWLEDGE_ALL, value, "primary")])]
