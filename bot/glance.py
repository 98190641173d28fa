"""A trouble at a glance: its sign, and where it stands, in sentences.  Pure."""

from bot.trouble import Severity, State, Trouble
from bot.words import Words, words

SIGNS = {Severity.CRITICAL: "🔴", Severity.WARNING: "🟠", Severity.INFO: "🔵"}
LOOKED_AT, ENDED = "🟡", "✅"


def sign(trouble: Trouble) -> str:
    """What it looks like from afar."""
    match trouble.state:
        case State.OPEN:
            return SIGNS[trouble.severity]
        case State.ACKNOWLEDGED:
            return LOOKED_AT
        case State.OVER:
            return ENDED


def ended_by_itself(trouble: Trouble) -> bool:
    """Whether it only told something, and nothing more came: an event that ends it has AWS's time."""
    return trouble.tells and trouble.ended is not None and trouble.ended > trouble.last


def standing(trouble: Trouble) -> list[Words]:
    """Where it stands: who looks at it, until when it is quiet, how long it lasted."""
    lines = []
    if trouble.state is State.OVER and trouble.ended and ended_by_itself(trouble):
        span = trouble.ended - trouble.last
        lines.append(words("Told; nothing more came within {length}, so it ended by itself.", length=span))
    elif trouble.state is State.OVER and trouble.ended:
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
    if trouble.unasked:
        line, why = f"/{trouble.unasked.line}", trouble.unasked.why
        lines.append(words("“{line}” was not asked: {why}", line=line, why=why))
    return lines
