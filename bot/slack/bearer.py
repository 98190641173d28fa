"""The token that toban speaks with: whether Slack takes it, and where another one comes from.

A token is taken back by an administrator, expires, or goes with the app; everything that toban still has to
say waits in its rows until there is one again.  Source: "Errors" on the page of each method, Slack.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from slack_sdk.errors import SlackApiError

log = logging.getLogger("toban.slack")
ASK_EVERY, ASK_AGAIN = 60.0, 10.0
"""Seconds after which somebody asks whether it is taken: when nothing else was said, and after a refusal."""


def why(error: Exception) -> str:
    """Slack's own word for a refusal, else the kind of error; never what was said besides."""
    if isinstance(error, SlackApiError) and hasattr(error.response, "get"):
        return str(error.response.get("error") or "no reason")
    return type(error).__name__


class Source:
    """Where another token comes from; as it is here: from nowhere, a variable stays as it is."""

    remedy: str = "put the app's new Bot User OAuth Token into SLACK_BOT_TOKEN and start toban anew"
    """What a person can do when Slack takes none."""

    def begin(self) -> None:
        """Look once, before toban speaks."""

    def keep(self) -> None:
        """Do what has to be done now and then; never raises."""

    def other(self, than: str, *, urgent: bool = False) -> str:  # noqa: ARG002 - for others
        """Another token than this one; "" when there is none.  Never raises.

        `urgent`: Slack takes this one no more.
        """
        return ""

    def trouble(self) -> str:
        """What will go wrong soon, and what to do; "" when all is well."""
        return ""


class InFile(Source):
    """A file that somebody else writes anew, as secrets managers do."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.remedy = (
            f"write the app's new Bot User OAuth Token into {path}; toban takes it up within seconds"
        )

    def other(self, than: str, *, urgent: bool = False) -> str:  # noqa: ARG002 - quick in any case
        """What stands there now, if it can be a token."""
        try:
            text = self._path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):  # it is just being replaced, or gone: the old one holds
            return ""
        return text if text.startswith(("xoxb-", "xoxe.xoxb-")) and text != than else ""


class Bearer:
    """Holds it for all threads."""

    def __init__(self, token: str, source: Source, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is known of it yet; `clock` is in seconds, of any epoch."""
        self._lock = threading.Lock()
        self._token, self.source, self._clock = token, source, clock
        self._code = ""  # how Slack refused it
        self._asked = clock()

    @property
    def token(self) -> str:
        """As it is now."""
        return self._token

    def is_refused(self) -> bool:
        """Whether Slack takes it no more."""
        return bool(self._code)

    def trouble(self) -> str:
        """Why Slack takes it no more, or soon will not, and what to do; "" when all is well."""
        coming = self.source.trouble()
        if not self._code:
            return coming
        return f"Slack takes the bot's token no more ({self._code}): {coming or self.source.remedy}"

    def refused(self, token: str, code: str) -> bool:
        """Slack refused this token; returns whether there is another one by now."""
        if other := self.source.other(self._token, urgent=True):
            self.put(other)
        with self._lock:
            if token != self._token:
                return True
            is_new, self._code, self._asked = not self._code, code, self._clock()
        if is_new:
            log.error("%s; what is to be said waits", self.trouble(), extra={"action": "slack.token-refused"})
        return False

    def taken(self, token: str) -> None:
        """Slack took this token."""
        self._asked = self._clock()
        if self._code and token == self._token:
            self._code = ""
            log.info("Slack takes the bot's token again", extra={"action": "slack.token-taken"})

    def begin(self) -> None:
        """Take up the one there is, before toban speaks: it may be newer than what the settings say."""
        self.source.begin()
        self._take_up()

    def look(self) -> None:
        """Let its source do what is to be done, and take up another one, where there is one by now."""
        self.source.keep()
        self._take_up()

    def _take_up(self) -> None:
        if other := self.source.other(self._token):
            self.put(other)

    def put(self, token: str) -> None:
        """Speak with this one from now on."""
        with self._lock:
            if token == self._token:
                return
            self._token, self._code = token, ""
        log.info("another token for the bot was taken up", extra={"action": "slack.token-new"})

    def wants_asking(self) -> bool:
        """Whether nobody has heard for a while how it stands."""
        return self._clock() - self._asked > (ASK_AGAIN if self._code else ASK_EVERY)
