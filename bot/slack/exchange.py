"""Exchanging a refresh token for a new pair of tokens ("Using token rotation", Slack)."""

import logging
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.bearer import why
from bot.slack.post import RATES, UNCERTAIN

_quiet = logging.getLogger("toban.slack.exchange")
"""slack_sdk logs whole requests at DEBUG, these with all that is needed to become toban."""


class NotRenewed(Exception):
    """Slack gave no new pair; `code` is its own word for why, or "" when it did not answer."""

    def __init__(self, code: str = "") -> None:
        super().__init__(code or "no answer")
        self.code = code


@dataclass(frozen=True, slots=True)
class Pair:
    """What toban speaks with, and what that is renewed with, once."""

    access: str
    refresh: str

    def __repr__(self) -> str:
        return "Pair(…)"


class Exchange:
    """One app's way to new tokens."""

    def __init__(self, client_id: str, client_secret: str, url: str, seconds: int) -> None:
        """`seconds` is how long Slack has for an answer."""
        self._id, self._secret = client_id, client_secret
        _quiet.setLevel(max(_quiet.level, logging.INFO))
        self._web = WebClient(base_url=url, timeout=seconds, logger=_quiet)
        self._web.retry_handlers.clear()  # a refresh token can be used once

    def __call__(self, refresh: str) -> tuple[Pair, int]:
        """A new pair, and for how many seconds it is good; the old refresh token is used up.

        Raises NotRenewed.
        """
        try:
            said = self._web.oauth_v2_access(
                client_id=self._id,
                client_secret=self._secret,
                grant_type="refresh_token",
                refresh_token=refresh,
            )
            return Pair(str(said["access_token"]), str(said["refresh_token"])), int(said["expires_in"])
        except SlackApiError as error:
            raise NotRenewed(_code(error)) from None
        except (SlackClientError, OSError, LookupError, TypeError, ValueError):
            raise NotRenewed from None


def _code(error: SlackApiError) -> str:
    """Slack's own word for a no; "" where it may say yes the next time."""
    code = why(error)
    is_no = code.replace("_", "").isalnum() and code not in UNCERTAIN | RATES
    return code if is_no else ""
