"""Slack's token rotation: what is set for it is whole, or not there at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from bot.words import Words, words

NEEDED = ("slack_refresh_token", "slack_client_id", "slack_client_secret")
EXPIRES = "xoxe."
"""How a token begins that expires."""


@dataclass(frozen=True, slots=True)
class Rotating:
    """What the bot's token is renewed with; the refresh token is the first one, good for one exchange."""

    refresh: SecretStr
    client_id: str
    client_secret: SecretStr


def wrong(given: Mapping[str, str]) -> Iterator[Words]:
    """What is missing, or too much; `given` are the variables that are set."""
    there = [name for name in NEEDED if name in given]
    expires = given.get("slack_bot_token", "").startswith(EXPIRES)
    if there and "slack_bot_token_file" in given:
        yield words(
            "SLACK_BOT_TOKEN_FILE is a token that somebody else renews, SLACK_REFRESH_TOKEN one that toban"
            " renews (environment): set one of them."
        )
    elif there and not expires and "slack_bot_token" in given:
        yield words(
            "SLACK_BOT_TOKEN never expires, and {names} would renew one that does (environment): take them"
            " away, or take the pair from the app's page OAuth & Permissions.",
            names=_named(there),
        )
    elif (there or expires) and len(there) < len(NEEDED) and "slack_bot_token_file" not in given:
        missing = [name for name in NEEDED if name not in given]
        yield words(
            "the app's tokens expire twice a day (token rotation): to renew them, {names} must be set, too"
            " (environment; the pages OAuth & Permissions and Basic Information).",
            names=_named(missing),
        )


def _named(fields: list[str]) -> str:
    return ", ".join(name.upper() for name in fields)
