"""CloudWatch's own picture of an alarm's metric, where toban may have it and it comes in time.

Whatever keeps it away, toban draws one itself.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aws import widget
from aws.account import Place
from aws.errors import AwsError, Denied, Refused
from bot.flow.path import Path
from bot.trouble import Trouble

Take = Callable[[Trouble, datetime], bytes]
"""A picture of what a trouble's metric did since then; b"": there is none."""

log = logging.getLogger("toban.events")
PATIENCE = 5.0  # seconds: more than that nobody waits for a nicer picture
REST = timedelta(hours=1)  # until somebody is asked again who said no
MOST = 500_000  # bytes of what is kept until Slack has it


def none(_trouble: Trouble, _since: datetime) -> bytes:
    """For whoever wants toban's own pictures."""
    return b""


@dataclass(slots=True)
class Widgets:
    """Asks CloudWatch; a place that says no is not asked again for an hour.  For one thread."""

    path: Path
    patience: float = PATIENCE
    _rests: dict[Place, datetime] = field(default_factory=dict)

    def take(self, trouble: Trouble, since: datetime) -> bytes:
        """The picture, or b""."""
        place, now = Place(trouble.account, trouble.region), self.path.now()
        if self._rests.get(place, now) > now:
            return b""
        try:
            found = self._asked(trouble, place, since)
        except TimeoutError:
            self._note(trouble, "CloudWatch takes too long to draw")
        except AwsError as error:
            if isinstance(error, Denied | Refused):
                self._rests[place] = now + REST
            self._note(trouble, str(error))
        else:
            return found if len(found) <= MOST else b""
        return b""

    def _asked(self, trouble: Trouble, place: Place, since: datetime) -> bytes:
        """Raises AwsError, or TimeoutError; a call that takes longer ends by itself, and nobody looks."""
        cloudwatch = widget.client(self.path.aws, place)
        asked = self.path.calls.submit(
            widget.image, cloudwatch, trouble.metric, since, self.path.now(), self.path.zone
        )
        return asked.result(self.patience)

    def _note(self, trouble: Trouble, why: str) -> None:
        noted = {"action": "events.own-picture"}
        log.info("#A%s has toban's own picture: %s", trouble.number, why, extra=noted)
