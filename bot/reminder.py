"""When whoever wants to be reminded of what AWS has scheduled is reminded.  Pure."""

from datetime import datetime, timedelta

BEFORE = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=10))
"""Before it begins: the first of these for which there is time."""
SOON = timedelta(minutes=5)  # what is due so soon reminds nobody of anything


def remind_at(starts: datetime, now: datetime) -> datetime | None:
    """A day before it begins; with less than that left an hour, or ten minutes; None: it begins too soon."""
    moments = (starts - before for before in BEFORE)
    return next((at for at in moments if at - now >= SOON), None)
