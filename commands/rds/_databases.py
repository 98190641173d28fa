"""What the verbs of /rds that change databases are told."""

from dataclasses import dataclass
from datetime import timedelta

from bot.arguments import Kind, arg, emergency_arg
from bot.targets import Targets
from bot.words import words
from commands.reading import accounts_arg, regions_arg

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
