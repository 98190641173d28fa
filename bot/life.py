"""What an event does to its trouble.  Pure: the time of every event is AWS's own."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.trouble import A_DAY, Phase, Rule, Severity, State, Trouble


class Do(StrEnum):
    """What happens to the trouble."""

    BEGIN = "begin"  # a new one, with a message of its own
    AGAIN = "again"  # one that was over is not: its message goes on, and people are called
    GO_ON = "go on"  # its message says what is new
    END = "end"
    NOTE = "note"  # an end whose begin has not come: kept, and nobody is told
    BEFORE = "before"  # the begin of what was noted so: told now, as something that is over
    KEEP = "keep"  # nothing new, but from now on what is older comes too late
    NOTHING = "nothing"  # something newer has come before


def decide(was: Trouble | None, phase: Phase, at: datetime, reopen: timedelta) -> Do:
    """What an event of AWS's time `at` does to the newest trouble about the same thing.

    Deliveries may come twice, late and out of order ("Amazon SQS at-least-once delivery"): whatever their
    order, the newest says how things stand, and what began is told once.  Of two of the same moment the end
    counts.
    """
    if was is None:
        return Do.NOTE if phase is Phase.ENDS else Do.BEGIN
    if not was.times:
        return _after_note(was, phase, at)
    if at < was.last:
        return Do.NOTHING
    match phase:
        case Phase.ENDS:
            return Do.KEEP if was.state is State.OVER else Do.END
        case Phase.TELLS:
            return Do.GO_ON if at - was.last <= reopen and was.state is State.OPEN else Do.BEGIN
        case Phase.BEGINS | Phase.GOES_ON:
            return _begins(was, at, reopen)


def has_had_its_time(trouble: Trouble, rule: Rule | None, now: datetime) -> bool:
    """Whether something that only tells ends by itself: nothing was heard of it for as long as its rule says.

    What is silenced is told first, and what is snoozed waits for whoever wants to hear of it.
    """
    if not trouble.tells or trouble.state is State.OVER or trouble.silenced_by:
        return False
    if trouble.snoozed_until and trouble.snoozed_until > now:
        return False
    newest = max(trouble.last, trouble.came or trouble.last)
    lasts = ends_after(trouble, rule)
    return lasts is not None and now - newest >= lasts


def ends_after(trouble: Trouble, rule: Rule | None) -> timedelta | None:
    """How long what only tells stays open, also when its rule is gone; None: until it is acknowledged."""
    if rule is not None:
        return rule.ends_after(trouble.severity)
    return None if trouble.severity is Severity.CRITICAL else A_DAY


def _begins(was: Trouble, at: datetime, reopen: timedelta) -> Do:
    if was.state is not State.OVER:
        return Do.GO_ON
    if at == was.last:
        return Do.NOTHING
    return Do.AGAIN if was.ended and at - was.ended <= reopen else Do.BEGIN


def _after_note(noted: Trouble, phase: Phase, at: datetime) -> Do:
    """Only an end has come so far."""
    if phase is Phase.ENDS:
        return Do.KEEP if at > noted.last else Do.NOTHING
    return Do.BEGIN if at > noted.last else Do.BEFORE
