"""Who is no longer in the workspace: users that Slack calls deleted ("users.info", Slack)."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

log = logging.getLogger("toban.slack")
AGAIN = timedelta(minutes=1)  # after a question that was not answered


class Leavers:
    """Asked seldom, and never in an acknowledgement; of whom Slack does not say, it is not believed."""

    def __init__(self, client: WebClient, now: Callable[[], datetime]) -> None:
        """Nobody left as far as is known."""
        self._client = client
        self._now = now
        self._known: dict[str, tuple[datetime, bool]] = {}
        self._in_vain: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def has_left(self, person: str, fresh: timedelta) -> bool:
        """Whether this user left, as Slack said at most so long ago; asks Slack otherwise, and waits."""
        with self._lock:
            now, (heard, left) = self._now(), self._known.get(person, (None, False))
            if heard is not None and now - heard < fresh:
                return left
            if now - self._in_vain.get(person, now - AGAIN) < AGAIN:
                return left
            said = self._ask(person)
            if said is None:
                self._in_vain[person] = now
                return left
            self._known[person] = now, said
            return said

    def _ask(self, person: str) -> bool | None:
        try:
            return bool(self._client.users_info(user=person)["user"].get("deleted", False))
        except (SlackClientError, OSError) as error:
            note = "whether %s is still there is not known: %s"
            log.warning(note, person, type(error).__name__, extra={"action": "slack.leaver"})
            return None
