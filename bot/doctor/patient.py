"""What is examined: the settings, Slack and AWS as they answer to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aws.account import Accounts
from bot.settings import Settings
from bot.slack.sight import Sight

SECONDS, AWS_SECONDS = 5.0, 3.0
"""How long one question to Slack or AWS may take; botocore repeats its own, region by region for a role."""


@dataclass(frozen=True, slots=True)
class Patient:
    """Everything that a check may look at."""

    settings: Settings
    slack: Sight | None  # None: there is no token that could be used
    aws: Accounts
    now: Callable[[], datetime]


def _bot_token(settings: Settings) -> str:
    """One that expires stands in the database, once it was renewed."""
    given = settings.slack_bot_token.get_secret_value()
    if settings.rotating is None:
        return given
    from bot.rotation import stored  # noqa: PLC0415 - ciphers that others do without

    return stored(settings.database_url, settings.rotating) or given


def patient(settings: Settings, now: Callable[[], datetime]) -> Patient:
    """Who these settings describe; asks nobody anything yet."""
    bot, app = _bot_token(settings), settings.slack_app_token.get_secret_value()
    slack = Sight(bot, app, settings.slack_api_url, SECONDS) if bot else None
    aws = Accounts(settings.accounts, connect_seconds=AWS_SECONDS, read_seconds=AWS_SECONDS)
    return Patient(settings, slack, aws, now)
