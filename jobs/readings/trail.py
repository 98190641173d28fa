"""Calls that CloudTrail recorded, and sign-ins to the console: who did what, from where, and whether it went.

Source: "CloudTrail record contents" and "AWS Management Console sign-in events" (CloudTrail user guide).  A
trail that stopped is in trouble until it records again; everything else has happened, and has no end.
"""

from bot.event import Event
from bot.trouble import Reading
from jobs.readings import naming, trail_calls, trail_facts
from jobs.readings.fields import text

KINDS = (
    "AWS API Call via CloudTrail",
    "AWS Console Sign In via CloudTrail",
    "AWS Console Action via CloudTrail",
    "AWS Service Event via CloudTrail",
)


def read(event: Event) -> Reading:
    """What a call means.  Raises ValueError when none is named."""
    call = text(event.detail, "eventName")
    if not call:
        raise ValueError("a record of no call")
    refused = bool(text(event.detail, "errorCode") or text(event.detail, "errorMessage"))
    meant = trail_calls.meaning(event, call, refused=refused)
    return Reading(
        subject=f"trail:{event.account}/{meant.about}"[:300],
        phase=meant.phase,
        title=meant.title,
        severity=meant.severity,
        facts=(*meant.notes, *trail_facts.of(event)),
        names=naming.names(event, **meant.names),
        offers=meant.offers,
        cause=naming.cause(event, f"CloudTrail {call}"),
    )
