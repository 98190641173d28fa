"""The rule that is named."""

import difflib

from bot.arguments import UsageError
from bot.command import World
from bot.trouble import Rule
from bot.words import words


def find(world: World, name: str) -> Rule:
    """The config's rule of this name.  Raises UsageError with the nearest ones."""
    rules = {one.name: one for one in world.troubles.rules()}
    if name in rules:
        return rules[name]
    near = difflib.get_close_matches(name, rules, 3, 0.5) or list(rules)[:3]
    if near:
        raise UsageError(
            words("There is no rule {rule}; there is {near}.", rule=name[:60], near=", ".join(near))
        )
    raise UsageError(words("There is no rule {rule}.", rule=name[:60]))
