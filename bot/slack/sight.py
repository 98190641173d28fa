"""What can be seen of a workspace without taking part in it: tokens, scopes, channels, user groups."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack import organisation
from bot.slack.organisation import Home


class SlackSaysNo(Exception):
    """Slack refused; `code` is its own word for why, such as "invalid_auth"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SlackAway(Exception):
    """Slack could not be reached, or its answer could not be read; the message is the kind of error."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whose the bot's token is, and what it may do."""

    team: str  # the workspace's name
    user: str  # the bot's
    scopes: frozenset[str]  # as granted when the app was last installed
    at: datetime | None  # Slack's clock; None where it does not say


@dataclass(frozen=True, slots=True)
class Seen:
    """A channel."""

    name: str
    is_member: bool
    is_private: bool
    is_archived: bool


class Sight:
    """Asks Slack, once a question: a doctor says what was answered, and tries nothing again."""

    def __init__(self, bot_token: str, app_token: str, url: str, seconds: float) -> None:
        def client(token: str) -> WebClient:
            made = WebClient(token, base_url=url, timeout=seconds)  # type: ignore[arg-type]  # urllib takes parts of a second
            made.retry_handlers.clear()
            return made

        self._bot, self._app = client(bot_token), client(app_token)
        self._seen: Home | None = None

    def who(self) -> Who:
        """Whose token it is.  Raises SlackSaysNo or SlackAway."""
        with _plainly():
            said = self._bot.auth_test()
            headers = {str(name).lower(): value for name, value in said.headers.items()}
            granted = str(headers.get("x-oauth-scopes", "")).split(",")
            scopes = frozenset(one.strip() for one in granted if one.strip())
            return Who(str(said["team"]), str(said["user"]), scopes, _date(headers))

    def may_connect(self) -> None:
        """Whether the app's token opens sockets; none is opened.  Raises SlackSaysNo or SlackAway."""
        with _plainly():
            self._app.apps_connections_open(app_token=self._app.token or "")

    def channel(self, channel: str) -> Seen:
        """A channel, as the bot sees it.  Raises SlackSaysNo or SlackAway."""
        with _plainly():
            found: Mapping[str, object] = self._bot.conversations_info(channel=channel)["channel"]
        truths = (bool(found.get(name)) for name in ("is_member", "is_private", "is_archived"))
        return Seen(str(found.get("name") or channel), *truths)

    def members(self, group: str) -> tuple[str, ...]:
        """Who is in a user group.  Raises SlackSaysNo or SlackAway."""
        with _plainly():
            return organisation.members(self._bot, group, self._home())

    def _home(self) -> Home:
        if self._seen is None:
            self._seen = organisation.home(self._bot, self._bot.auth_test())
        return self._seen

    def join(self, channel: str) -> None:
        """Go into a public channel; needs channels:join.  Raises SlackSaysNo or SlackAway."""
        with _plainly():
            self._bot.conversations_join(channel=channel)


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        code = error.response.get("error") if hasattr(error.response, "get") else ""
        raise SlackSaysNo(str(code or "no reason")) from None  # its text has the whole answer
    except (SlackClientError, OSError, LookupError, TypeError, ValueError) as error:
        raise SlackAway(type(error).__name__) from None


def _date(headers: Mapping[str, object]) -> datetime | None:
    try:
        return parsedate_to_datetime(str(headers.get("date", "")))
    except ValueError:
        return None
