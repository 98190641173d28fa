"""The seed of the local AWS: two accounts, two regions, 40 servers, their backups, and a few
things that are wrong.  The same ids each time.

Backups are daily at 01:00 in Tokyo, seven of each volume.  Wrong are: yesterday's backup of db-02's
data failed; tmp-migration-01 was stopped half a year ago and still pays for 2 TB; a volume hangs on
nothing; a snapshot has neither tags nor volume; poc-kafka-01 carries no env tag; an image stands on
db-01's oldest snapshot, so that it cannot be purged; the web servers belong to a group, which would
replace what is stopped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from moto.moto_api._internal import mock_random

from playground.aws import planting
from playground.aws.fleet import DEVELOPMENT, KINDS, PRODUCTION, TOKYO, Planned, planned

if TYPE_CHECKING:
    from playground.aws.server import LocalAws

GENERATIONS = 7  # daily snapshots of each volume that is backed up


@dataclass(frozen=True, slots=True)
class Server:
    """An instance of the estate."""

    id: str
    name: str
    account: str
    region: str
    env: str
    service: str
    state: str
    volumes: tuple[str, ...]  # the root volume first
    snapshots: tuple[str, ...]  # of all its volumes, newest first


@dataclass(frozen=True, slots=True)
class Estate:
    """What was planted: ids by name."""

    servers: Mapping[str, Server]
    images: Mapping[str, str]
    group: tuple[str, ...]  # names of the servers in the Auto Scaling group "web"
    failed_snapshot: str  # of db-02
    pinned_snapshot: str  # of db-01; an image stands on it
    orphan_snapshot: str  # in development
    unattached_volume: str  # in development

    def ids(self, *, account: str = "", region: str = "", env: str = "", state: str = "") -> tuple[str, ...]:
        """Return the instance ids that fit everything named, in order."""
        return tuple(
            one.id
            for one in self.servers.values()
            if all(
                not wanted or value == wanted
                for value, wanted in (
                    (one.account, account), (one.region, region), (one.env, env), (one.state, state)
                )
            )
        )  # fmt: skip


def plant(aws: "LocalAws", now: datetime | None = None) -> Estate:
    """Empty the local AWS and build the estate; histories end before `now` (UTC, default today)."""
    today = now or datetime.now(UTC)
    with aws.control.lock:
        aws.reset()
        _begin_anew(aws)
        servers = {one.name: _server(aws, one, today) for one in planned()}
        production = aws.backend("ec2", PRODUCTION, TOKYO)
        development = aws.backend("ec2", DEVELOPMENT, TOKYO)
        failed, pinned = servers["db-02"].snapshots[0], servers["db-01"].snapshots[-1]
        production.snapshots[failed].status = "error"
        images = {
            name: planting.image(production, servers[of].id, name, today) for name, of in _IMAGES.items()
        }
        planting.stand_on(production, images["db-before-upgrade"], pinned)
        group = tuple(name for name in servers if name.startswith("web-"))
        planting.group(
            aws.backend("autoscaling", PRODUCTION, TOKYO), "web", [servers[name].id for name in group]
        )
        volume, orphan = planting.leftovers(development, today)
    return Estate(servers, images, group, failed, pinned, orphan, volume)


_IMAGES = {"web-golden": "web-01", "api-golden": "api-01", "db-before-upgrade": "db-01"}


def _begin_anew(aws: "LocalAws") -> None:
    """Let every id that moto draws, those of the default networks too, be the same each time."""
    places = sorted({(kind.account, kind.region) for kind in KINDS})
    backends = [aws.backend("ec2", account, region) for account, region in places]
    mock_random.seed(20261121)
    for backend in backends:
        backend.reset()


def _server(aws: "LocalAws", one: Planned, today: datetime) -> Server:
    kind = one.kind
    backend = aws.backend("ec2", kind.account, kind.region)
    instance = planting.instance(backend, one, today)
    volumes = tuple(device.volume_id for _, device in instance.get_block_device_mapping)
    snapshots = planting.history(backend, one, volumes, GENERATIONS, today) if kind.backup == "daily" else ()
    return Server(
        instance.id,
        one.name,
        kind.account,
        kind.region,
        kind.env,
        kind.service,
        kind.state,
        volumes,
        snapshots,
    )
