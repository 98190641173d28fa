"""What the verbs of /ec2 that change instances are told."""

from dataclasses import dataclass
from datetime import timedelta

from bot.arguments import Kind, arg, emergency_arg
from bot.targets import Targets
from bot.words import words
from commands.reading import accounts_arg, regions_arg

SHORTEST, LONGEST = 30, 24 * 3600  # seconds


def targets_arg() -> Targets:
    """The instances, by position."""
    declared: Targets = arg(
        Kind.TARGETS, words("which instances"), option=False, required=True, prefixes=("i-",)
    )
    return declared


def within_arg() -> timedelta | None:
    """The option --within."""
    declared: timedelta | None = arg(
        Kind.DURATION,
        words("how long each may take until EC2 shows it; otherwise it has failed"),
        at_least=SHORTEST,
        at_most=LONGEST,
    )
    return declared


@dataclass(frozen=True, slots=True)
class Args:
    """Which instances, where, how long, and whether it is an emergency."""

    targets: Targets = targets_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    within: timedelta | None = within_arg()
    emergency: str = emergency_arg()
