"""Death in process: from one commit or request on, nothing reaches the disk or AWS any more.

`dying.py` kills a process of its own; this is for stories of many lives, where that would take too long.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from botocore.endpoint import Endpoint
from sqlalchemy import event

from bot.store.database import Database


class Killed(Exception):
    """Whoever was about to commit or to send is dead."""


class Death:
    """Comes before the n-th commit or request from when it was called; 0: not at all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = 0
        self.came = False
        self.passed = 0  # moments since it was called, the last of them its own

    def come(self, after: int) -> None:
        """Be called, or sent away."""
        self._left, self.came, self.passed = after, False, 0

    def spare(self) -> None:
        """Be sent away; what was counted stays."""
        self._left, self.came = 0, False

    def pass_(self, *_: object) -> None:
        """A moment at which the process may die.  Raises Killed."""
        with self._lock:
            self.passed += not self.came
            if self._left:
                self._left -= 1
                self.came = self.came or not self._left
            if self.came:
                raise Killed

    def waits_at_the_disk(self, db: Database) -> None:
        """Each commit is such a moment."""
        event.listen(db.engine, "commit", self.pass_)

    def waits_on_the_wire(self, patch: pytest.MonkeyPatch) -> None:
        """Each request of botocore is such a moment."""
        send: Callable[..., Any] = vars(Endpoint)["_send"]

        def mortal(endpoint: Endpoint, request: Any) -> Any:
            self.pass_()
            return send(endpoint, request)

        patch.setattr(Endpoint, "_send", mortal)
