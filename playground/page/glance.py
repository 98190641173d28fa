"""The last look at the local AWS, shared by all pages: several looks at once would wait for each other."""

import threading
import time

from playground.page.aws_view import PlaceView, look
from playground.page.stage import Stage

AGE = 0.4  # seconds until a look is old


class Glance:
    """What the local AWS holds, at most `AGE` seconds ago."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._lock = threading.Lock()
        self._at = 0.0
        self._seen: tuple[PlaceView, ...] = ()

    def places(self) -> tuple[PlaceView, ...]:
        """Return every place; nothing while the AWS is being set up."""
        aws = self._stage.aws
        with self._lock:
            if aws is not None and time.monotonic() - self._at > AGE:
                self._seen, self._at = look(aws), time.monotonic()
            return self._seen
