"""A point in time as somebody typed it: ``22:00``, or ``2026-11-22T22:00``.

What was typed is kept, since it is what people read and agree to; which moment it is, is worked out when it
is asked.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import wall

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A local time of day, of one date or of whichever comes next."""

    clock: time
    day: date | None = None

    def __str__(self) -> str:
        """As it is typed."""
        return f"{self.day}T{self.clock:%H:%M}" if self.day else f"{self.clock:%H:%M}"

    def after(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Which moment it is, in UTC: without a date the next one after now; one with a date may be past."""
        if self.day is not None:
            return wall.moment(datetime.combine(self.day, self.clock), zone)
        today = wall.shown(wall.aware(now), zone).date()
        found = wall.moment(datetime.combine(today, self.clock), zone)
        return found if found > now else wall.moment(datetime.combine(today + DAY, self.clock), zone)
