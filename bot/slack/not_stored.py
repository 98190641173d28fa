"""What is said where nothing can be stored: the disk is full, or the database is away."""

import logging

from bot.store.closed_door import CannotStore
from bot.words import Words, words

log = logging.getLogger("toban.slack")


def not_stored(error: CannotStore) -> Words:
    """That nothing was done; why stands in the log."""
    log.error("nothing can be stored: %s", error.orig, extra={"action": "slack.not-stored"})
    return words(
        "toban cannot write anything down now, so nothing was done. Please tell whoever looks after it:"
        " its log says why; mostly the disk is full, or the database is away. Then try again."
    )
