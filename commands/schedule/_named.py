"""Finding the schedule that is named."""

import difflib

from bot.arguments import Kind, UsageError, arg
from bot.brief import ScheduleBrief
from bot.command import World
from bot.words import words


def name_arg() -> str:
    """The schedule's name, by position."""
    declared: str = arg(Kind.WORD, words("the schedule's name"), option=False, required=True)
    return declared


def find(world: World, name: str) -> ScheduleBrief:
    """The schedule of this name.  Raises UsageError with the nearest name."""
    schedules = {one.name: one for one in world.ledger.schedules()}
    if name in schedules:
        return schedules[name]
    near = difflib.get_close_matches(name, schedules, 1)
    if near:
        raise UsageError(words("There is no schedule {name}. Did you mean {near}?", name=name, near=near[0]))
    known = ", ".join(sorted(schedules)) or "–"
    raise UsageError(words("There is no schedule {name}; there are: {known}.", name=name, known=known))
