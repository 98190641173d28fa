"""What an event does to its trouble.  Pure: the time of every event is AWS's own."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.trouble import Phase, State, Trouble


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
