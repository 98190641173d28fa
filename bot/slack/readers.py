"""Which language people read: their Slack locale, looked up beside the acknowledgement, never in it."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor

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

    def _look_up(self, person: str) -> None:
        try:
            user = self._client.users_info(user=person, include_locale=True)["user"]
            self._known[person] = language_of(user.get("locale") or "en")
        except (SlackClientError, SlackApiError, OSError) as error:
            self._asked.discard(person)
            log.info(
                "the language of %s is not known: %s",
                person,
                type(error).__name__,
                extra={"action": "slack.locale"},
            )
