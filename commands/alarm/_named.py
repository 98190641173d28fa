"""The alarm that is named: 12, A12 or #A12, as it stands on its message."""

import re
import unicodedata

from bot.arguments import Kind, UsageError, arg
from bot.command import World
from bot.plan import Step
from bot.trouble import Trouble
from bot.words import words

_NUMBER = re.compile(r"#?A?([0-9]{1,15})", re.IGNORECASE)


def alarm_arg() -> str:
    """The alarm's number, by position."""
    declared: str = arg(Kind.WORD, words("the alarm's number, such as A12"), option=False, required=True)
    return declared


def number(text: str) -> int:
    """The number that is meant.  Raises UsageError."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise UsageError(
            words("“{word}” is no alarm's number; one reads A12, as on its message.", word=text[:60])
        )
    return int(found[1])


def find(world: World, text: str) -> Trouble:
    """The alarm of this number.  Raises UsageError."""
    wanted = number(text)
    found = world.troubles.get(wanted)
    if found is None:
        raise UsageError(words("There is no alarm #A{number}.", number=wanted))
    return found


def target(one: Trouble) -> str:
    """How steps and the audit log call it."""
    return f"A{one.number}"


def there(world: World, step: Step) -> Trouble | None:
    """The alarm that a step is about, as it stands now."""
    return world.troubles.get(number(step.target.id))
