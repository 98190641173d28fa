"""Which calendar of office hours a resource keeps, and what it wants of it.  Pure."""

from collections.abc import Mapping
from datetime import datetime

from bot.hours import Hours, is_open

TAG = "toban:hours"
"""The tag that names a calendar of the config."""
NONE = "none"
"""Its value where no hours hold."""
RUNNING, STOPPED = "running", "stopped"


def calendar_of(tags: Mapping[str, str]) -> str:
    """The calendar that a resource names; "" when no hours hold for it."""
    name = tags.get(TAG, "").strip()
    return "" if name.lower() == NONE else name


def wants(tags: Mapping[str, str], hours: Mapping[str, Hours], at: datetime) -> str:
    """How its hours want a resource at a moment: "running" or "stopped"; "" when none hold for it."""
    calendar = hours.get(calendar_of(tags))
    if calendar is None:
        return ""
    return RUNNING if is_open(calendar, at) else STOPPED
