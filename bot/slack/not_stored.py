"""What is said where nothing can be stored: the disk is full, or the database is away."""

import logging

from slack_bolt import Respond
from slack_sdk.errors import SlackClientError

from bot.store.closed_door import CannotStore
from bot.views import answer
from bot.views.speaker import Speaker
from bot.words import Words, words

log = logging.getLogger("toban.slack")


def not_stored(error: CannotStore) -> Words:
    """That nothing was done; why stands in the log."""
    log.error("nothing can be stored: %s", error.orig, extra={"action": "slack.not-stored"})
    return words(
        "toban cannot write anything down now, so nothing was done. Please tell whoever looks after it:"
        " its log says why; mostly the disk is full, or the database is away. Then try again."
    )


def said_at_once(respond: Respond, error: CannotStore, speak: Speaker) -> None:
    """Say it to whoever clicked, alone: a message that must arrive would have to be stored, too."""
    message = answer.sentence(not_stored(error), speak)
    try:
        respond(
            text=message.text, blocks=list(message.blocks), response_type="ephemeral", replace_original=False
        )
    except (SlackClientError, OSError, ValueError) as failed:  # ValueError: there is nowhere to say it
        log.warning("nobody was told: %s", type(failed).__name__, extra={"action": "slack.respond"})
