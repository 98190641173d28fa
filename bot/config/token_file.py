"""The bot's token in a file, which a secrets manager may write anew while toban runs."""

from collections.abc import Mapping
from pathlib import Path

from bot.words import Words, words


def read(given: Mapping[str, str], mistakes: list[Words]) -> dict[str, str]:
    """The variables with the token in its place; what is wrong with the file is added to the mistakes."""
    name = given.get("slack_bot_token_file", "")
    if not name:
        return dict(given)
    if "slack_bot_token" in given:
        mistakes.append(
            words(
                "SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE (environment) both say the token; set one of them."
            )
        )
        return dict(given)
    try:
        return {**given, "slack_bot_token": Path(name).read_text(encoding="utf-8").strip()}
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        mistakes.append(
            words("SLACK_BOT_TOKEN_FILE (environment): {file} cannot be read: {why}.", file=name, why=why)
        )
        return {**given, "slack_bot_token": "xoxb-unread"}
