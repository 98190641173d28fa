"""A drill as one message, from its begin to its verdict: what is broken, how users fare, what happened.

It is edited in place.  The button that ends it is there from the first moment to the last.
The parts are bounded so that all of them together stay below what Slack takes in one message's blocks.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import drill_glance as glance
from bot.drill import Drill, Mark, Phase, Source
from bot.drill_glance import Standing
from bot.drill_timeline import of as timeline_of
from bot.plan import Offer
from bot.probe import Sample
from bot.timeline import Timeline, offset
from bot.verdict import of as verdict_of
from bot.verdict_said import headline, lines
from bot.views.blocks import Block, actions, button, context, paragraph, section
from bot.views.chart import NOT_SHOWN, Shown, chart_blocks
from bot.views.message import Message
from bot.views.offers import offer_blocks
from bot.views.speaker import Speaker
from bot.words import Words, plural, words

SIGNS = {Source.TOBAN: "🔧", Source.AWS: "☁️", Source.PERSON: "👤"}
ABORT = "toban.abort"
MARKS, PROBES, LINES = 12, 8, 8
WELL, PARTLY, OUT, UNKNOWN = "🟢", "🟠", "🔴", "⚪"


@dataclass(frozen=True, slots=True)
class DrillView:
    """A drill with what is known of it at one moment."""

    drill: Drill
    standings: tuple[Standing, ...]  # how users fare now
    landed: tuple[Words, ...]  # whether anybody noticed
    course: tuple[Words, ...]  # since when it is broken, and what comes next by itself
    marks: tuple[Mark, ...]  # in order
    timeline: Timeline | None = None
    verdict: tuple[Words, ...] = ()  # at its end, the most important first
    held: bool | None = None  # whether the hypothesis held; None: nothing can be said
    offers: tuple[Offer, ...] = ()  # while it waits for a person: go on, or go back


def look(
    drill: Drill,
    samples: Sequence[Sample],
    marks: Sequence[Mark],
    now: datetime,
    offers: Sequence[Offer] = (),
) -> DrillView:
    """What is known of it now; all samples and marks of it, in order."""
    over = drill.phase is Phase.OVER  # then its verdict tells more than how it was going
    found = verdict_of(drill, samples, now) if over else None
    return DrillView(
        drill=drill,
        standings=() if over else glance.standings(drill, samples, now),
        landed=() if over else tuple(glance.landed(drill, samples, now)),
        course=() if over else tuple(glance.course(drill, now)),
        marks=tuple(marks),
        timeline=timeline_of(drill, samples, marks, now),
        verdict=(headline(found), *lines(found)) if found else (),
        held=found.held if found else None,
        offers=tuple(offers),
    )


def message(view: DrillView, speak: Speaker, shown: Shown = NOT_SHOWN) -> Message:
    """The whole of it."""
    drill = view.drill
    blocks = [section(_title(view, speak))]
    blocks += paragraph([speak.text(one, 300) for one in view.verdict[:LINES]], 1800)
    if drill.phase is not Phase.OVER:
        blocks += paragraph(_users(view, speak), 1200)
    blocks += paragraph([speak.text(one, 250) for one in (*view.course, *view.landed)], 800)
    if view.timeline:
        blocks += chart_blocks(view.timeline, shown, speak)
    blocks += paragraph(_happened(view, speak), 2400)
    blocks.append(context(*(speak.text(one, 200) for one in _small(drill))))
    if drill.phase is not Phase.OVER:
        blocks += [_button(drill, speak), *offer_blocks(view.offers, speak)]
    return Message.of(blocks)


def _title(view: DrillView, speak: Speaker) -> str:
    drill = view.drill
    state = speak.text(glance.phase(drill), 100)
    return f"{_sign(view)} *#{drill.number} · {speak.text(glance.title(drill), 300)}* · {state}"


def _sign(view: DrillView) -> str:
    """At the end it says whether the hypothesis held, never by colour alone: the verdict says it, too."""
    if view.drill.phase is not Phase.OVER or view.held is None:
        return glance.sign(view.drill)
    return "✅" if view.held else "❌"


def _users(view: DrillView, speak: Speaker) -> list[str]:
    lines = [f"{_light(one)} {speak.text(glance.standing(one), 150)}" for one in view.standings[:PROBES]]
    return lines + _more(len(view.standings) - PROBES, speak)


def _light(one: Standing) -> str:
    if one.share is None:
        return UNKNOWN
    if one.share == 100:
        return WELL
    return PARTLY if one.share else OUT


def _happened(view: DrillView, speak: Speaker) -> list[str]:
    """The newest marks, counted from the moment at which it broke."""
    zero = view.drill.broken or view.drill.begun
    kept = view.marks[-MARKS:]
    before = len(view.marks) - len(kept)
    head = [speak.text(plural("… {n} more before", "… {n} more before", before), 60)] if before else []
    return head + [
        f"`{offset(one.at - zero)}` {SIGNS[one.source]} {speak.text(one.said, 170)}" for one in kept
    ]


def _more(more: int, speak: Speaker) -> list[str]:
    return [speak.text(plural("… and {n} more", "… and {n} more", more), 60)] if more > 0 else []


def _small(drill: Drill) -> list[Words]:
    lines = [
        words("{account}/{region}", account=drill.spec.account, region=drill.spec.region),
        words("asked by {person}", person=drill.person),
        words("begun {at}", at=drill.begun),
    ]
    return [*lines, words("over since {at}", at=drill.ended)] if drill.ended else lines


def _button(drill: Drill, speak: Speaker) -> Block:
    """To end it is to cancel its operation.  It asks nothing first: every second counts."""
    value = json.dumps({"op": drill.number, "hash": "drill"}, separators=(",", ":"))
    return actions([button(speak.plain(words("Abort")), ABORT, value, "danger")])
