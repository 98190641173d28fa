"""What the verbs of /rds that change databases are told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from aws.database import Database
from bot.arguments import Kind, arg, emergency_arg
from bot.plan import Left, Step
from bot.targets import Targets
from bot.words import Words, words
from commands import databases
from commands.reading import Found, accounts_arg, regions_arg

Do = Callable[..., Step]
"""A change's `step(place, one, within=…)`."""
LEAST, MOST = 60, 24 * 60 * 60  # seconds of --within


@dataclass(frozen=True, slots=True)
class Args:
    """Which databases, where, and within what time."""

    targets: Targets = arg(Kind.TARGETS, words("which databases and clusters"), option=False, required=True)
    within: timedelta | None = arg(
        Kind.DURATION, words("the time it may take; else 30 minutes"), at_least=LEAST, at_most=MOST
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def split(
    found: Found[Database], within: timedelta | None, do: Do, why_left: Callable[[Database], Words | None]
) -> tuple[tuple[Step, ...], tuple[Left, ...]]:
    """A step for each that can be changed in this way; the others are left, with the reason."""
    steps = tuple(do(place, one, within=within) for place, one in found if why_left(one) is None)
    left = tuple(
        Left(databases.resource(place, one), why)
        for place, one in found
        if (why := why_left(one)) is not None
    )
    return steps, left
