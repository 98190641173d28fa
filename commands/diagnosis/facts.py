"""What is known of one instance, read once, for every cause to judge."""

from dataclasses import dataclass
from datetime import datetime

from aws.account import Place
from aws.anatomy import Anatomy
from aws.instance import Instance, Status
from aws.spot import SpotRequest
from aws.trail import Event
from aws.volume import Volume
from bot.words import Words
from commands.diagnosis.rights import KeyFacts

LAUNCH_FAILED = ("Client.InternalError", "Server.InternalError")
"""EC2's reasons when a start that it took has failed ("Troubleshoot instance launch issues")."""
BY_USER = (
    "Client.InstanceInitiatedShutdown",
    "Client.UserInitiatedHibernate",
    "Client.UserInitiatedShutdown",
)
"""Reasons of a stop that somebody wanted ("StateReason", EC2 API reference)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The last start that EC2 refused outright."""

    code: str  # such as InsufficientInstanceCapacity
    message: str
    at: datetime | None = None  # None: just now


@dataclass(frozen=True, slots=True)
class Options:
    """Where an instance could run when its own zone has none of its type."""

    zones: tuple[str, ...]  # other zones that offer its type and where its VPC has a subnet with addresses
    without_subnet: tuple[str, ...]  # ... and where it has none
    types: tuple[str, ...]  # alike ones that its own zone offers


@dataclass(frozen=True, slots=True)
class Room:
    """What a vCPU quota leaves."""

    quota: str  # its code
    limit: int
    running: int

    def left(self) -> int:
        """vCPUs that may still be started."""
        return self.limit - self.running


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it; what did not matter or could not be read is empty."""

    place: Place
    one: Instance
    body: Anatomy
    refusal: Refusal | None = None
    status: Status | None = None
    volumes: tuple[Volume, ...] = ()
    keys: tuple[KeyFacts, ...] = ()
    denials: tuple[Event, ...] = ()  # of calls to KMS, as CloudTrail has them
    options: Options | None = None
    room: Room | None = None
    spot: SpotRequest | None = None
    console: tuple[str, ...] = ()
    unread: tuple[Words, ...] = ()  # what could not be looked at, and the permission that is missing
    read_volumes: bool = True  # whether the volumes could be read at all

    @property
    def is_down(self) -> bool:
        """Whether it does not run."""
        return self.one.state in ("stopped", "stopping", "terminated", "shutting-down")

    @property
    def fell_back(self) -> bool:
        """Whether EC2 took a start and then gave it up."""
        return self.is_down and self.body.code in LAUNCH_FAILED

    @property
    def code(self) -> str:
        """AWS's code for why it does not run: of the refused start, else of its state."""
        if self.refusal:
            return self.refusal.code
        return self.body.code.partition(".")[2] if self.is_down else ""

    @property
    def message(self) -> str:
        """AWS's own words beside the code."""
        return self.refusal.message if self.refusal else self.body.message
