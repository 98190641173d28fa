"""A trouble as one message, from its begin to its end: what, since when, who looks at it, what to click."""

import json

from bot.trouble import Severity, State, Trouble
from bot.views.blocks import Block, actions, button, context, paragraph, section
from bot.views.message import Message
from bot.views.offers import offer_blocks
from bot.views.speaker import Speaker
from bot.views.text import mention
from bot.words import Words, words

ACKNOWLEDGE, SNOOZE, SILENCE = (
    "toban.trouble.acknowledge",
    "toban.trouble.snooze",
    "toban.trouble.silence",
)
SIGNS = {Severity.CRITICAL: "🔴", Severity.WARNING: "🟠", Severity.INFO: "🔵"}
LOOKED_AT, ENDED = "🟡", "✅"
FACTS, FOUND = 12, 8  # lines


def sign(trouble: Trouble) -> str:
    """What it looks like from afar."""
    match trouble.state:
        case State.OPEN:
            return SIGNS[trouble.severity]
        case State.ACKNOWLEDGED:
            return LOOKED_AT
        case State.OVER:
            return ENDED


def message(trouble: Trouble, speak: Speaker) -> Message:
    """The whole of it."""
    title = speak.text(trouble.title, 600)
    facts = [f"• {speak.text(fact, 300)}" for fact in trouble.facts[:FACTS]]
    found = [f"↳ {speak.text(one, 300)}" for one in trouble.context[:FOUND]]
    blocks = [section(f"{sign(trouble)} *#A{trouble.number} · {title}*")]
    blocks += paragraph([*_called(trouble), *(speak.text(one, 300) for one in standing(trouble))])
    blocks += paragraph(facts) + paragraph(found)
    blocks.append(context(*(speak.text(one, 200) for one in _where(trouble))))
    if trouble.state is not State.OVER:
        blocks += [_buttons(trouble, speak), *offer_blocks(trouble.offers, speak)]
    return Message.of(blocks)


def standing(trouble: Trouble) -> list[Words]:
    """Where it stands: who looks at it, until when it is quiet, how long it lasted."""
    lines = []
    if trouble.state is State.OVER and trouble.ended:
        lines.append(
            words(
                "Over since {ended}, after {length}.",
                ended=trouble.ended,
                length=trouble.ended - trouble.began,
            )
        )
    if trouble.acknowledged_by and trouble.acknowledged_at:
        lines.append(
            words(
                "{person} looks at it since {at}.", person=trouble.acknowledged_by, at=trouble.acknowledged_at
            )
            if trouble.state is State.ACKNOWLEDGED
            else words("{person} looked at it.", person=trouble.acknowledged_by)
        )
    if trouble.snoozed_until and trouble.state is not State.OVER:
        lines.append(words("Nobody is called about it until {until}.", until=trouble.snoozed_until))
    if trouble.silenced_by:
        lines.append(words("{person} has silenced it.", person=trouble.silenced_by))
    return lines


def _called(trouble: Trouble) -> list[str]:
    """Who is called when it begins; an edit calls nobody, and an end mentions nobody."""
    return [mention(trouble.mention)] if trouble.mention and trouble.state is State.OPEN else []


def _where(trouble: Trouble) -> list[Words]:
    lines = [
        words("{account}/{region}", account=trouble.account, region=trouble.region),
        words("since {began}", began=trouble.began),
        words("rule {rule}", rule=trouble.rule),
    ]
    if trouble.times > 1:
        lines.append(words("begun {n} times", n=trouble.times))
    if trouble.operation:
        lines.append(words("operation #{number}", number=trouble.operation))
    return lines


def _buttons(trouble: Trouble, speak: Speaker) -> Block:
    value = json.dumps({"op": trouble.number, "hash": "alarm"})
    made = []
    if trouble.state is State.OPEN:
        made.append(button(speak.plain(words("Acknowledge")), ACKNOWLEDGE, value, "primary"))
    made.append(button(speak.plain(words("Snooze for an hour")), SNOOZE, value))
    made.append(button(speak.plain(words("Silence for a day")), SILENCE, value))
    return actions(made)
