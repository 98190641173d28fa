"""The members of Slack user groups, remembered for a while."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.slack import organisation
from bot.slack.bearer import why
from bot.slack.organisation import Home

log = logging.getLogger("toban.slack")
FRESH = timedelta(minutes=5)
"""How long a membership is believed: somebody who left may act as long."""
EVERY = timedelta(minutes=4)  # so often it is asked anew: what is known never grows too old
AGAIN = timedelta(seconds=5)  # after a question that was not answered


class UserGroups:
    """Who is in a user group (S…); nobody, when Slack does not say."""

    def __init__(
        self, client: WebClient, now: Callable[[], datetime], home: Callable[[], Home] = Home
    ) -> None:
        self._client = client
        self._home = home
        self._now = now
        self._known: dict[str, tuple[datetime, tuple[str, ...]]] = {}
        self._asked: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def members(self, group: str) -> tuple[str, ...] | None:
        """The users of this group as last heard; None while Slack has not answered for too long."""
        known = self._known.get(group)
        return known[1] if known and self._now() - known[0] < FRESH else None

    def wanting(self, groups: tuple[str, ...]) -> tuple[str, ...]:
        """Those of these groups that it is time to ask about: in vain soon again, else every few minutes."""
        now = self._now()
        return tuple(group for group in groups if self._is_due(group, now))

    def _is_due(self, group: str, now: datetime) -> bool:
        known, asked = self._known.get(group), self._asked.get(group)
        if known and asked and known[0] >= asked:
            return now - known[0] >= EVERY
        return asked is None or now - asked >= AGAIN

    def refresh(self, groups: tuple[str, ...]) -> None:
        """Ask Slack anew; called at the start and every few minutes, never in an acknowledgement."""
        for group in groups:
            self._asked[group] = self._now()
            try:
                users = organisation.members(self._client, group, self._home())
            except (SlackClientError, OSError) as error:
                note = "the members of user group %s are not known: %s"
                log.warning(note, group, why(error), extra={"action": "slack.user-group"})
                if why(error) != organisation.GONE:
                    continue
                users = ()  # it is disabled, or was taken away: nobody is in it
            with self._lock:
                self._known[group] = self._now(), users
