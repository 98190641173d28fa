"""The schedule that is named."""

from bot.arguments import Kind, UsageError, arg
from bot.brief import ScheduleBrief
from bot.command import World
from bot.words import words


def name_arg() -> str:
    """The schedule's name, by position; the grammar knows those there are."""
    declared: str = arg(Kind.SCHEDULE, words("the schedule's name"), option=False, required=True)
    return declared


def there(world: World, name: str) -> ScheduleBrief | None:
    """The schedule of this name as it reads now; None when the config has none."""
    return next((one for one in world.ledger.schedules() if one.name == name), None)


def find(world: World, name: str) -> ScheduleBrief:
    """The schedule of this name.  Raises UsageError."""
    one = there(world, name)
    if one is None:
        raise UsageError(words("There is no schedule {name}.", name=name))
    return one
