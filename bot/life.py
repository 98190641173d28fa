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
    NOTE = "note"  # the end of something that nobody was told of: kept, so that its late begin opens nothing
    NOTHING = "nothing"  # something newer has come before, or it says nothing new


def decide(was: Trouble | None, phase: Phase, at: datetime, reopen: timedelta) -> Do:
    """What an event of AWS's time `at` does to the newest trouble about the same thing.

    Deliveries may come twice, late and out of order ("Amazon SQS at-least-once delivery"): what is older than
    what is known changes nothing.
    """
    if was is None:
        return Do.NOTE if phase is Phase.ENDS else Do.BEGIN
    if at < was.last:
        return Do.NOTHING
    match phase:
        case Phase.ENDS:
            return Do.NOTHING if was.state is State.OVER else Do.END
        case Phase.TELLS:
            return Do.GO_ON if at - was.last <= reopen and was.state is State.OPEN else Do.BEGIN
        case Phase.BEGINS | Phase.GOES_ON:
            if was.state is not State.OVER:
                return Do.GO_ON
            return Do.AGAIN if was.ended and at - was.ended <= reopen else Do.BEGIN
