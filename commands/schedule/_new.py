"""A schedule that somebody is about to add: its name, its channel, its line."""

import re
from collections.abc import Collection

from bot.arguments import UsageError
from bot.command import World
from bot.words import words

LONGEST = 40  # characters of a name that is made of a line
_NAME = re.compile(r"(?!next$)\w[\w.-]{0,59}")  # “/schedule skip next” would not be told from it
_CHANNELS = ("C", "G")  # ids of what several people read ("Conversation object", Slack)


def name_of(given: str, line: str, taken: Collection[str]) -> str:
    """The name that was given, or one made of the line.  Raises UsageError."""
    if not given:
        return _free(re.sub(r"\W+", "-", line)[:LONGEST].strip("-_"), taken)
    if not _NAME.fullmatch(given):
        raise UsageError(
            words(
                "“{name}” is no name for a schedule; letters, digits, dots and dashes make one, at most 60.",
                name=given[:60],
            )
        )
    if given in taken:
        raise UsageError(words("There is a schedule {name} already.", name=given))
    return given


def _free(name: str, taken: Collection[str]) -> str:
    """The name itself, or with the first number that makes it a new one."""
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one not in taken)


def channel_of(world: World) -> str:
    """Where it was asked, which is where the schedule reports.  Raises UsageError."""
    if not world.channel.startswith(_CHANNELS):
        raise UsageError(words("A schedule reports in a channel; add it in the one that shall hear of it."))
    return world.channel
