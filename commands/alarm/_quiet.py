"""Until when somebody wants quiet: for so long, or until a moment."""

from datetime import datetime, timedelta

from bot.arguments import Kind, UsageError, arg
from bot.command import World
from bot.moment import Moment
from bot.words import words

LONGEST = timedelta(days=31)
"""What nobody wants to hear of for longer belongs into the config's rules, where others see it."""


def for_arg() -> timedelta | None:
    """The option --for."""
    declared: timedelta | None = arg(Kind.DURATION, words("for how long, such as 2h or 1d"), at_least=60)
    return declared


def until_arg() -> Moment | None:
    """The option --until."""
    declared: Moment | None = arg(Kind.MOMENT, words("until when, such as 22:00 or 2026-11-22T22:00"))
    return declared


def until(for_: timedelta | None, moment: Moment | None, world: World) -> datetime:
    """The moment that is meant.  Raises UsageError unless exactly one of them says it, soon enough."""
    if (for_ is None) == (moment is None):
        raise UsageError(words("Say either for how long, such as --for 2h, or until when: --until 22:00."))
    end = moment.after(world.now, world.zone) if moment else world.now + (for_ or timedelta())
    if end <= world.now:
        raise UsageError(words("{moment} is past; it is {now} now.", moment=end, now=world.now))
    if end > world.now + LONGEST:
        raise UsageError(
            words("That is longer than {longest}; change the rule in the config instead.", longest=LONGEST)
        )
    return end.replace(microsecond=0)
