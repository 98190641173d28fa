"""What an entry of the menu "make it happen" is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from playground.slack.server import LocalSlack

if TYPE_CHECKING:
    from playground.aws.server import LocalAws  # takes seconds to import, and the page comes first


class Target(StrEnum):
    """What a player chooses beside an entry."""

    NOTHING = ""
    INSTANCE = "instance"  # an instance id
    STOPPED = "stopped"  # the same, the stopped ones first
    KEYED = "keyed"  # the same, of those with a disk under a key of the account's own
    SPOT = "spot"  # the same, of the spot instances
    GROUP = "group"  # the name of an Auto Scaling group
    DATABASE = "database"  # account/region/name
    VOLUME = "volume"  # a volume id
    CALL = "call"  # the name of an AWS call


@dataclass(frozen=True, slots=True)
class World:
    """What things happen to."""

    aws: "LocalAws"
    slack: LocalSlack


Stands = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the menu, in English and Japanese."""

    en: str
    ja: str
    do: Callable[[World, str], Stands]
    target: Target = Target.NOTHING
    then: str = ""  # the line that shows what toban makes of it; {target} stands for what was chosen
