"""What the shop sees of the local AWS in one look."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WEB_PORT, DATABASE_PORT = 80, 3306


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What becomes of what a server sends."""

    delay: float = 0.0  # seconds
    jitter: float = 0.0  # seconds, more or less
    loss: float = 0.0  # the share of packets, from 0 to 1
    port: int = 0  # only what goes to it or comes from it; 0: all


@dataclass(frozen=True, slots=True)
class Server:
    """A web server."""

    id: str
    zone: str
    running: bool
    cut_off: bool  # nothing gets in or out of its subnet, or it fails its status checks
    spoilt: Spoilt | None = None


@dataclass(frozen=True, slots=True)
class Database:
    """The database of a site."""

    primary: str  # zones
    standby: str  # "" without one
    there: bool  # it runs
    failing_over: bool
    cut_off: bool  # nothing gets in or out of the primary's subnet


@dataclass(frozen=True, slots=True)
class Checks:
    """How a target group looks whether its targets are well; times in seconds."""

    every: float = 30.0
    timeout: float = 5.0
    healthy: int = 5  # so many good ones in a row make a target healthy
    unhealthy: int = 2


@dataclass(frozen=True, slots=True)
class Site:
    """The shop in one region."""

    region: str
    servers: Mapping[str, Server]
    group: str  # the target group's ARN
    targets: tuple[str, ...]  # registered
    drained: frozenset[str]  # taken out by their group, in good order
    checks: Checks
    away: frozenset[str]  # zones that a shift keeps free
    database: Database | None
    bucket_denied: bool
    cache_lost: bool  # its primary is failing over, or cut off


@dataclass(frozen=True, slots=True)
class Seen:
    """All of it."""

    planted: int  # another number after the estate was planted anew
    sites: Mapping[str, Site] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)  # by region
    ttl: float = 60.0  # seconds
