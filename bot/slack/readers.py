"""Which language people read, and by which clock they live, as Slack says: looked up beside the
acknowledgement, never in it.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.language import language_of

log = logging.getLogger("toban.slack")


class Readers:
    """The languages of people; one that is not known yet is that of the channel, until Slack has said."""

    def __init__(self, client: WebClient, background: Executor) -> None:
        self._client = client
        self._background = background
        self._known: dict[str, str] = {}
        self._zones: dict[str, ZoneInfo] = {}
        self._asked: set[str] = set()
        self._lock = threading.Lock()

    def language(self, person: str, otherwise: Callable[[], str]) -> str:
        """This person's language, as far as it is known."""
        known = self._known.get(person)
        if known is None:
            with self._lock:
                first = person not in self._asked
                self._asked.add(person)
            if first:
                self._background.submit(self._look_up, person)
        return known or otherwise()

    def zone(self, person: str, otherwise: tzinfo) -> tzinfo:
        """The zone in which this person reads times, as far as it is known: look up the language first."""
        return self._zones.get(person, otherwise)

    def are_known(self, person: str) -> bool:
        """Whether Slack has said what this person reads."""
        return person in self._known

    def _look_up(self, person: str) -> None:
        try:
            user = self._client.users_info(user=person, include_locale=True)["user"]
            if zone := _zone(user.get("tz")):
                self._zones[person] = zone
            self._known[person] = language_of(user.get("locale") or "en")
        except (SlackClientError, SlackApiError, OSError) as error:
            self._asked.discard(person)
            log.info(
                "the language of %s is not known: %s",
                person,
                type(error).__name__,
                extra={"action": "slack.locale"},
            )


def _zone(name: object) -> ZoneInfo | None:
    """The zone of this name; None for what is none."""
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else None
    except (
        ZoneInfoNotFoundError,
        ValueError,
        OSError,
    ):  # a name that leads out of the folder, or to a folder
        return None
