"""A trouble as one message, from its begin to its end: what, since when, who looks at it, what to click."""

import json

from bot.glance import sign, standing
from bot.trouble import State, Trouble
from bot.views.blocks import Block, actions, button, context, paragraph, section
from bot.views.chart import NOT_SHOWN, Shown, chart_blocks
from bot.views.message import Message
from bot.views.offers import offer_blocks
from bot.views.speaker import Speaker
from bot.views.text import mention
from bot.words import Words, words

ACKNOWLEDGE, IGNORE, REMIND, SNOOZE, SILENCE = (
    "toban.trouble.acknowledge",
    "toban.trouble.ignore",
    "toban.trouble.remind",
    "toban.trouble.snooze",
    "toban.trouble.silence",
)
FACTS, FOUND = 12, 8  # lines


def message(trouble: Trouble, speak: Speaker, shown: Shown = NOT_SHOWN) -> Message:
    """The whole of it."""
    title = speak.text(trouble.title, 600)
    facts = [f"• {speak.text(fact, 300)}" for fact in trouble.facts[:FACTS]]
    found = [f"↳ {speak.text(one, 300)}" for one in trouble.context[:FOUND]]
    blocks = [section(f"{sign(trouble)} *#A{trouble.number} · {title}*")]
    blocks += paragraph([*_called(trouble), *(speak.text(one, 300) for one in standing(trouble))])
    if trouble.chart:
        blocks += chart_blocks(trouble.chart, shown, speak)
    blocks += paragraph(facts) + paragraph(found)
    blocks.append(context(*(speak.text(one, 200) for one in _where(trouble))))
    if trouble.state is not State.OVER:
        blocks.append(_buttons(trouble, speak))
    blocks += offer_blocks(trouble.clickable, speak)
    return Message.of(blocks)


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
        if trouble.ignorable:
            made.append(button(speak.plain(words("Ignore with a reason…")), IGNORE, value))
    if trouble.starts:
        made.append(button(speak.plain(words("Remind me")), REMIND, value))
    made.append(button(speak.plain(words("Snooze for an hour")), SNOOZE, value))
    made.append(button(speak.plain(words("Silence for a day")), SILENCE, value))
    return actions(made)
