"""What was deployed shortly before a trouble began, whatever it is about: of its own things first."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aws import deployment, trail
from aws.account import Place
from aws.deployment import Deployment
from aws.errors import AwsError
from bot.flow.path import Path
from bot.trouble import Trouble
from bot.words import Words, words

log = logging.getLogger("toban.events")
FRESH = timedelta(minutes=1)  # as long CloudTrail is not asked again about a place
MOST = 3  # deployments that are told


@dataclass(slots=True)
class Deployed:
    """Asks CloudTrail; what it said of a place is good for a minute, since alarms come in bursts.

    For one thread.
    """

    path: Path
    back: timedelta  # how long before a trouble counts
    _known: dict[Place, "_Known"] = field(default_factory=dict)

    def before(self, trouble: Trouble) -> Iterator[Words]:
        """A sentence for each; nothing where CloudTrail may not be read."""
        since, until = trouble.began - self.back, trouble.began
        there = self._of(Place(trouble.account, trouble.region), since, until)
        found = [one for one in there if since <= one.at <= until]
        names = [name for kind, name in trouble.names.items() if kind not in {"account", "region"}]
        found.sort(key=lambda one: (one.is_of(names), one.at), reverse=True)
        return (_said(one) for one in found[:MOST])

    def _of(self, place: Place, since: datetime, until: datetime) -> Sequence[Deployment]:
        now, known = self.path.now(), self._known.get(place)
        if known is None or not known.covers(since, until, now):
            until = max(until, now)  # what begins in the minute to come is answered, too
            known = self._known[place] = _Known(now, since, until, tuple(self._asked(place, since, until)))
        return known.found

    def _asked(self, place: Place, since: datetime, until: datetime) -> Iterator[Deployment]:
        """As far as CloudTrail answers."""
        try:
            yield from deployment.between(trail.client(self.path.aws, place), since, until)
        except AwsError as error:
            log.info("no deployments of %s: %s", place, error, extra={"action": "events.no-deployments"})


@dataclass(frozen=True, slots=True)
class _Known:
    """What CloudTrail said."""

    at: datetime
    since: datetime
    until: datetime
    found: tuple[Deployment, ...]

    def covers(self, since: datetime, until: datetime, now: datetime) -> bool:
        """Whether it answers the same question; events are minutes late, so a minute more or less is none."""
        return now - self.at < FRESH and self.since - FRESH <= since and until <= self.until + FRESH


def _said(one: Deployment) -> Words:
    return words(
        "{service} was told to deploy {what} at {when}, by {who}",
        service=one.by,
        what=" / ".join(one.what)[:120],
        when=one.at,
        who=one.who or "–",
    )
