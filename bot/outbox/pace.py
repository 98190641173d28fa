"""How fast: one post a second in a channel, one edit a second of a card, and patience after a no.

Source: "Rate limits" (Slack): chat.postMessage about one message a second a channel.  What is remembered
here may be forgotten by a restart: then Slack itself says 429.
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

DOUBLINGS = 10  # more would only make large numbers


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the outbox waits for what."""

    post: timedelta = timedelta(seconds=1)  # between two posts in one channel
    edit: timedelta = timedelta(seconds=1)  # between two edits of one card
    first: timedelta = timedelta(seconds=1)  # before the second try; doubles with every further one
    most: timedelta = timedelta(seconds=60)  # between two tries
    held: timedelta = timedelta(seconds=5)  # a channel waits so long for a letter that failed, to keep order
    give_up: timedelta = timedelta(hours=24)  # of a letter nobody takes
    look_back: timedelta = timedelta(minutes=10)  # from a letter's creation, for clocks that differ
    fresh: timedelta = timedelta(minutes=1)  # so young a card is not replaced only to show progress
    url: timedelta = timedelta(minutes=29)  # a response_url lives thirty
    picture: timedelta = timedelta(seconds=15)  # Slack may work so long on an upload
    look: timedelta = timedelta(seconds=4)  # at most, between two tries to show it
    charts: timedelta = timedelta(days=1)  # before a workspace without Slack's own charts is asked again

    def before_try(self, tries: int, jitter: float) -> timedelta:
        """How long to wait after so many tries; `jitter` is a number from 0 to 1."""
        doubled: int = 2 ** min(tries, DOUBLINGS)
        return min(self.most, self.first * doubled) * (0.5 + jitter / 2)


class Pace:
    """What must wait, and until when; safe to use from many threads."""

    def __init__(self, timing: Timing) -> None:
        """Nothing waits."""
        self._timing = timing
        self._lock = threading.Lock()
        self._posts: dict[str, datetime] = {}  # channel -> when the next post may come
        self._edits: dict[int, datetime] = {}  # card -> when the next edit may come
        self._holds: dict[str, datetime] = {}  # lane -> when it goes on

    def posted(self, channel: str, now: datetime) -> None:
        """Something was posted in a channel, or may have been."""
        with self._lock:
            self._posts[channel] = now + self._timing.post

    def shown(self, card: int, now: datetime) -> None:
        """A card was posted or edited."""
        with self._lock:
            self._edits[card] = now + self._timing.edit

    def hold(self, lane: str, until: datetime) -> None:
        """Nothing goes this way until then."""
        with self._lock:
            self._holds[lane] = max(until, self._holds.get(lane, until))

    def paced(self, now: datetime) -> frozenset[str]:
        """Channels that had a post a moment ago."""
        with self._lock:
            self._posts = {channel: until for channel, until in self._posts.items() if until > now}
            return frozenset(self._posts)

    def resting(self, now: datetime) -> frozenset[int]:
        """Cards that were shown a moment ago."""
        with self._lock:
            self._edits = {card: until for card, until in self._edits.items() if until > now}
            return frozenset(self._edits)

    def held(self, now: datetime) -> frozenset[str]:
        """Ways on which nothing goes now."""
        with self._lock:
            self._holds = {lane: until for lane, until in self._holds.items() if until > now}
            return frozenset(self._holds)

    def next(self, now: datetime) -> datetime | None:
        """When the first of all that wait here may go on."""
        with self._lock:
            moments = [*self._posts.values(), *self._edits.values(), *self._holds.values()]
        return min((moment for moment in moments if moment > now), default=None)
