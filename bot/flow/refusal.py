"""What AWS's no to a call means for its steps.  Pure: rows and an error in, a fate out."""

from datetime import timedelta
from enum import StrEnum

from aws.errors import AwsError, Throttled, Unreachable
from bot.command import WAY_BACK, Action
from bot.flow.call import Rows

FULL = {"ResourceLimitExceeded": timedelta(minutes=1)}
"""AWS's no to one more at once ("CopySnapshot", EC2 API: 20 in flight in a region): wait so long."""

NOT_FOR_GOOD = frozenset(
    {
        *("UnauthorizedOperation", "AccessDenied", "AccessDeniedException"),
        *("DependencyViolation", "IncorrectState"),
        *("ResourceContention", "ScalingActivityInProgress"),
    }
)
"""AWS's noes that a way back does not take for an answer: what a fault broke is not left broken because
somebody took a right away for ten minutes, or because Auto Scaling is busy ("Error codes for the Amazon EC2
API"; "Common errors" of Auto Scaling's API reference).  Others, such as that the target is gone, are for
good."""

SHORTEST, LONGEST = timedelta(seconds=30), timedelta(minutes=5)
"""Between two tries of a step of which AWS has none left now: it comes back in minutes, or in hours."""


class Fate(StrEnum):
    """What becomes of the steps of a refused call."""

    UNCLEAR = "unclear"  # it may have been carried out after all: `bot.flow.recover` finds out
    LATER = "later"  # nothing is wrong with them: the whole lane waits a little
    HALVES = "halves"  # one of them is wrong, and which is found by halving
    ALONE = "alone"  # there is none left for this one now: it waits by itself, and the others go on
    OVER = "over"  # AWS will not do it


def fate(action: Action, rows: Rows, error: AwsError, *, insists: bool = False) -> Fate:
    """What becomes of the steps of a call that AWS answered with this error.

    Who insists has something to put back, and asks again for as long as a way back is asked for.
    """
    if error.maybe_done:
        return Fate.UNCLEAR
    code = error.said.code
    if isinstance(error, Throttled | Unreachable) or code in FULL:
        return Fate.LATER
    if len(rows) > 1 and not rows[0].step.group:
        return Fate.HALVES
    for_now = code in action.scarce or (insists and code in NOT_FOR_GOOD)
    if for_now and pause(rows, action, insists=insists) is not None:
        return Fate.ALONE
    return Fate.OVER


def pause(rows: Rows, action: Action, *, insists: bool = False) -> timedelta | None:
    """How long a step that waits alone waits for its next try: 30 s, a minute, two …; None: its time is over.

    The last try is made when its time limit, or its action's, ends.
    """
    within = rows[0].step.within or action.within
    if insists:
        within = max(within, WAY_BACK)
    waited, next_ = timedelta(), SHORTEST
    for _ in range(max(row.tries for row in rows)):
        waited, next_ = waited + next_, min(next_ * 2, LONGEST)
    return min(next_, within - waited) if waited < within else None
