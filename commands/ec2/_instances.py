"""What the verbs of /ec2 that change instances are told."""

from dataclasses import dataclass

from bot.arguments import Kind, arg, emergency_arg
from bot.targets import Targets
from bot.words import words
from commands.reading import accounts_arg, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """Which instances, where, and whether it is an emergency."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instances"), option=False, required=True, prefixes=("i-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()
