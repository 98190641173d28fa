"""The home tab's alarms: those for which its reader is called, and all that are open, the worst first."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.glance import SIGNS, sign, standing
from bot.trouble import Severity, State, Trouble
from bot.views.blocks import Block, actions, button, context, section
from bot.views.home_rows import more, show
from bot.views.speaker import Speaker
from bot.views.trouble import ACKNOWLEDGE
from bot.words import Words, words

OPEN = 6
_COUNTED: Mapping[Severity, Words] = {
    Severity.CRITICAL: words("critical"),
    Severity.WARNING: words("warning"),
    Severity.INFO: words("to be known"),
}


@dataclass(frozen=True, slots=True)
class Ringing:
    """One alarm with the address of its message."""

    trouble: Trouble
    url: str = ""  # "" while there is none
    may_acknowledge: bool = False


@dataclass(frozen=True, slots=True)
class Alarms:
    """What is open."""

    worst: Sequence[Ringing] = ()
    counts: Mapping[Severity, int] = field(default_factory=dict)  # of all that are open


def called_blocks(one: Ringing, speak: Speaker) -> list[Block]:
    """Somebody is called: what it is, and the button that says that somebody looks."""
    buttons = show(one.url, speak)
    if one.may_acknowledge and one.trouble.state is State.OPEN:
        value = json.dumps({"op": one.trouble.number, "hash": "alarm"})
        buttons.insert(0, button(speak.plain(words("Acknowledge")), ACKNOWLEDGE, value, "primary"))
    said = section(_text(one.trouble, speak), 900)
    return [said, actions(buttons)] if buttons else [said]


def alarm_blocks(alarms: Alarms, speak: Speaker) -> list[Block]:
    """How many of each severity, and the worst; nothing where none is open."""
    found = [_row(one, speak) for one in alarms.worst[:OPEN]]
    return [
        *_counts(alarms, speak),
        *found,
        *more(sum(alarms.counts.values()) - len(found), "alarm", "list", speak),
    ]


def _counts(alarms: Alarms, speak: Speaker) -> list[Block]:
    told = [
        f"{SIGNS[severity]} {alarms.counts[severity]} {speak.text(said)}"
        for severity, said in _COUNTED.items()
        if alarms.counts.get(severity)
    ]
    return [context(" · ".join(told))] if told else []


def _row(one: Ringing, speak: Speaker) -> Block:
    made, found = section(_text(one.trouble, speak), 900), show(one.url, speak)
    return {**made, "accessory": found[0]} if found else made


def _text(trouble: Trouble, speak: Speaker) -> str:
    title = speak.text(trouble.title, 300)
    where = words(
        "{account}/{region}, since {began}",
        account=trouble.account,
        region=trouble.region,
        began=trouble.began,
    )
    small = [speak.text(one, 150) for one in (where, *standing(trouble)[:2])]
    return f"{sign(trouble)} *#A{trouble.number} · {title}*\n{' · '.join(small)}"
