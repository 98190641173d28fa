"""A place as it was seen, made by hand: for rules that are pure."""

from datetime import UTC, datetime, timedelta
from typing import Any

from aws.account import Place
from aws.address import Address
from aws.balancer import Balancer
from aws.instance import Instance
from aws.snapshot import Snapshot
from aws.tags import Tags
from aws.volume import Volume
from bot.words import words
from commands.balancers import Use
from commands.cost._waste_finding import Finding, Rules
from commands.cost._waste_findings import findings
from commands.cost._waste_seen import Balanced, Seen
from commands.prices import listed

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
TOKYO, OREGON = Place("dev", "ap-northeast-1"), Place("dev", "us-west-2")


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def volume(id: str = "vol-1", kind: str = "gp3", gib: int = 100, *, days: float = 200, **more: Any) -> Volume:  # noqa: A002
    state = "in-use" if more.get("instance_id") else "available"
    tags = Tags.of(more.pop("tags", {}))
    instance = more.pop("instance_id", "")
    return Volume(id, tags.name, state, gib, kind, False, "", "a", instance, tags, created=ago(days), **more)


def snapshot(id: str = "snap-1", of: str = "vol-gone", *, days: float = 200, **more: Any) -> Snapshot:  # noqa: A002
    tags = Tags.of(more.pop("tags", {}))
    known: dict[str, Any] = {"description": "", "tier": "standard", "state": "completed"}
    known |= {"full_bytes": 0, **more}
    return Snapshot(
        id, tags.name, of, known["state"], "", "100%", known["tier"], ago(days), 50, False,
        known["description"], tags, known["full_bytes"],
    )  # fmt: skip


def instance(id: str = "i-1", *, days: float = 200, **more: Any) -> Instance:  # noqa: A002
    """One that was stopped so many days ago."""
    tags = Tags.of(more.pop("tags", {}))
    state = more.pop("state", "stopped")
    said = more.pop("transition", f"User initiated ({ago(days):%Y-%m-%d %H:%M:%S} GMT)")
    return Instance(
        id, tags.name, state, "", "m5.large", "a", "ami-1", tags, (), "", "ebs", "", ago(days + 30),
        transition=said, **more,
    )  # fmt: skip


def address(id: str = "eipalloc-1", *, used: str = "", manager: str = "", **tags: Any) -> Address:  # noqa: A002
    return Address(id, "203.0.113.7", used and "eipassoc-1", used, "", manager, Tags.of(tags))


def balancer(name: str = "old", *, needed: bool = False, days: float = 200, **tags: Any) -> Balanced:
    arn = f"arn:aws:elasticloadbalancing:::loadbalancer/app/{name}/1"
    shown = Balancer(arn, name, "application", "active", "internal", ago(days), "vpc-1", Tags.of(tags))
    return Balanced(Use(shown, (), 0), words("it is needed") if needed else None)


def seen(place: Place = TOKYO, **read: Any) -> Seen:
    """What is left out was read, and there is none; None: it could not be read."""
    known: dict[str, Any] = dict.fromkeys(("volumes", "snapshots", "instances", "addresses", "balancers"), ())
    known |= {"images": frozenset()} | read
    return Seen(place, **known, unread=())


def found(*places: Seen, rules: Rules | None = None, every: tuple[Place, ...] = (TOKYO,)) -> list[Finding]:
    """What is wasted there now."""
    return list(findings(places, every, rules or Rules(), listed.rate, NOW))


def reasons(*places: Seen, **more: Any) -> dict[str, str]:
    """Why, by resource."""
    return {one.id: one.kind.value for one in found(*places, **more)}
