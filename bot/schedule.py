"""A schedule: a time plan and the line a person would type."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import timedelta

from bot.hours import Hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}
DATES = tuple(f"{day}{_ENDINGS.get(day, 'th')}" for day in range(1, 29))
"""Days of a month that every month has: 1st to 28th."""
DAY_GROUPS = {"daily": DAYS, "weekdays": DAYS[:5], "weekends": DAYS[5:], "monthly": DATES[:1]}
_RARE = frozenset({"hours", "mail"})
"""What most schedules have not, and their digests do not know of: who agreed to them before has agreed."""


@dataclass(frozen=True, slots=True)
class Times:
    """When something runs: names of weekdays and days of the month, HH:MM, and a zone; "" is the team's."""

    days: tuple[str, ...]
    time: str
    zone: str = ""

    def __str__(self) -> str:
        """In a config's own words where there is one: "daily 01:00 Asia/Tokyo"."""
        known = (name for name, days in DAY_GROUPS.items() if days == self.days)
        return f"{next(known, ','.join(self.days))} {self.time} {self.zone}".rstrip()


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule, of the config or added from chat; its digest is what people approve."""

    name: str
    line: str  # canonical
    days: tuple[str, ...]  # mon tue wed thu fri sat sun, and 1st to 28th of a month
    time: str  # HH:MM, local; "" where `hours` say when
    zone: str  # IANA name, such as Asia/Tokyo
    channel: str  # where it reports
    owner: str  # Slack user id; it runs with this person's rights
    most_deletions: int = 0  # more than this in one run needs a person's click
    grace: timedelta = timedelta(hours=1)  # how late a missed run may still begin
    language: str = "en"
    hours: Hours | None = None  # it is due whenever these begin or end, instead of at a time of days
    mail: tuple[str, ...] = ()  # addresses that get by mail what it tells its channel

    @property
    def when(self) -> str:
        """Its times, in a config's own words where there is one: "daily 01:00 Asia/Tokyo"."""
        if self.hours is None:
            return str(Times(self.days, self.time, self.zone))
        return f"{self.hours.name}: {Times(self.hours.days, str(self.hours.span), self.zone)}"

    @property
    def digest(self) -> str:
        """SHA-256 of all that was approved; any edit changes it, and so does one of its calendar's."""
        known = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in _RARE}
        known["grace"] = self.grace.total_seconds()
        known |= {"hours": str(self.hours)} if self.hours else {}
        known |= {"mail": self.mail} if self.mail else {}
        return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()
