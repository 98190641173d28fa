"""AWS's noes that a way back does not take for an answer: it asks again, until its time is over.

What a fault broke is not left broken because somebody took a right away for ten minutes, or because Auto
Scaling is busy. Other noes, such as that the target is gone, are for good.
"""

from datetime import timedelta

NOES = frozenset(
    {
        *("UnauthorizedOperation", "AccessDenied", "AccessDeniedException"),
        *("DependencyViolation", "IncorrectState"),
        *("ResourceContention", "ScalingActivityInProgress"),
    }
)
"""By AWS's codes ("Error codes for the Amazon EC2 API"; "Common errors" of Auto Scaling's API reference)."""

WITHIN = timedelta(hours=1)
"""How long it is asked again, and how long AWS may take to show that it is so."""
