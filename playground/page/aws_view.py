"""What the local AWS holds, for the page to show beside the workspace: read in one look, under its lock."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from playground.aws.fleet import DEVELOPMENT, EBS_KEY, PRODUCTION, TOKYO, VIRGINIA

if TYPE_CHECKING:
    from playground.aws.server import LocalAws  # takes seconds to import, and the page comes first

ACCOUNTS: Mapping[str, str] = {PRODUCTION: "prod", DEVELOPMENT: "dev"}
REGIONS = (TOKYO, VIRGINIA)
NEWEST = 4  # snapshots shown


@dataclass(frozen=True, slots=True)
class InstanceView:
    """An instance: EC2's own words for how it is."""

    id: str
    name: str
    env: str
    type: str
    zone: str
    state: str
    checks: str  # ok, initializing, impaired, not-applicable
    has_own_key: bool = False  # whether a disk is encrypted with a key of the account's own
    is_spot: bool = False


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """A snapshot."""

    id: str
    name: str
    volume: str
    started: datetime
    state: str
    progress: str


@dataclass(frozen=True, slots=True)
class DiskView:
    """A volume, to be chosen in a menu."""

    id: str
    name: str  # with its size
    is_nightly: bool  # whether the night backs it up


@dataclass(frozen=True, slots=True)
class DatabaseView:
    """A database: RDS's own word for how it is."""

    name: str
    engine: str
    status: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One region of one account."""

    account: str  # the name toban knows it by
    account_id: str
    region: str
    instances: tuple[InstanceView, ...]
    volumes: int
    gib: int
    snapshots: int
    not_completed: Mapping[str, int]  # state -> how many
    newest: tuple[SnapshotView, ...]
    images: tuple[tuple[str, str], ...]  # id and name
    disks: tuple[DiskView, ...]
    databases: tuple[DatabaseView, ...] = ()
    groups: tuple[str, ...] = ()  # names of Auto Scaling groups

    @property
    def running(self) -> int:
        """How many instances run."""
        return sum(one.state == "running" for one in self.instances)


def look(aws: "LocalAws") -> tuple[PlaceView, ...]:
    """Return every place as it is now."""
    with aws.control.lock:
        aws.control.settle()
        return tuple(_place(aws, account, region) for account in ACCOUNTS for region in REGIONS)


def _place(aws: "LocalAws", account: str, region: str) -> PlaceView:
    backend = aws.backend("ec2", account, region)
    instances = [one for each in backend.reservations.values() for one in each.instances]
    snapshots = [one for one in backend.snapshots.values() if aws.control.snapshots.is_visible(one)]
    states = Counter(one.status for one in snapshots)
    states.pop("completed", None)
    newest = sorted(snapshots, key=lambda one: one.start_time, reverse=True)[:NEWEST]
    volumes = list(backend.volumes.values())
    return PlaceView(
        account=ACCOUNTS[account],
        account_id=account,
        region=region,
        instances=tuple(
            _instance(aws, backend, one) for one in sorted(instances, key=lambda one: _name(backend, one.id))
        ),
        volumes=len(volumes),
        gib=sum(int(one.size) for one in volumes),
        snapshots=len(snapshots),
        not_completed=dict(states),
        newest=tuple(_snapshot(aws, backend, one) for one in newest),
        images=tuple((one.id, one.name) for one in backend.amis.values()),
        disks=tuple(_disk(backend, one) for one in volumes),
        databases=tuple(
            DatabaseView(name, one.engine, one.status)
            for name, one in sorted(aws.backend("rds", account, region).databases.items())
        ),
        groups=tuple(sorted(aws.backend("autoscaling", account, region).autoscaling_groups)),
    )


# Any: moto's models are untyped
def _instance(aws: "LocalAws", backend: Any, one: Any) -> InstanceView:
    tags = backend.tags.get(one.id, {})
    zone = str(one.placement.zone)
    attached = (backend.volumes.get(each.volume_id) for each in one.block_device_mapping.values())
    keys = {disk.kms_key_id for disk in attached if disk}
    return InstanceView(
        one.id, tags.get("Name", one.id), tags.get("env", ""), one.instance_type, zone, one.state,
        checks=aws.control.instances.checks(one),
        has_own_key=any(key and not key.endswith(EBS_KEY) for key in keys),
        is_spot=one.lifecycle == "spot",
    )  # fmt: skip


def _disk(backend: Any, one: Any) -> DiskView:
    owner = one.attachment.instance.id if one.attachment else ""
    tags = [backend.tags.get(key, {}).get("Backup") for key in (one.id, owner)]
    return DiskView(one.id, f"{_name(backend, one.id)} · {one.size} GiB", "nightly" in tags)


def _snapshot(aws: "LocalAws", backend: Any, one: Any) -> SnapshotView:
    progress = aws.control.snapshots.progress(one)
    started = one.start_time.replace(tzinfo=UTC)
    return SnapshotView(one.id, _name(backend, one.id), one.volume.id, started, one.status, progress)


def _name(backend: Any, resource: str) -> str:
    return str(backend.tags.get(resource, {}).get("Name", resource))
