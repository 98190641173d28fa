"""The seed of the local AWS: two accounts, two regions, 43 servers, their backups, and a few
things that are wrong.  The same ids each time.

toban has taken a snapshot of each volume of the servers tagged Backup=nightly at 01:00 in Tokyo, in 8 to
14 nights; copies of the databases' stand in us-east-1, and weekly images of two servers.  One server asks
for 14 generations, one for none (`fleet.WISHES`).  Others have left snapshots too: Data Lifecycle Manager,
AWS Backup, people.

Wrong are: yesterday's backup of db-02's data failed; tmp-migration-01 was stopped half a year ago and still
pays for 2 TB; a volume hangs on nothing, and so do one that was restored for a look and one of a test of
failures; an address belongs to nothing, and a load balancer sends to nobody; a snapshot has neither tags nor
volume; poc-kafka-01 carries no env tag; the bastion is backed up by nobody, and neither is one of the
databases; an image stands on db-01's oldest snapshot, so that it cannot be purged; a group and a launch
template start from two other images.  The web servers belong to a group, which would replace what is stopped.

Most of development keeps the hours of its tag toban:hours, databases too; two servers name a calendar that
there is not.  A bastion is stopped, and has a public address while it runs, like the other; one server keeps
an Elastic IP, one has data in an instance store, one is a spot instance, and the batch servers' disks are
encrypted with a key of the account's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from moto.moto_api._internal import mock_random

from playground.aws import (
    planting,
    planting_databases,
    planting_generations,
    planting_strangers,
    planting_targets,
    planting_waste,
    saying,
)
from playground.aws.fleet import DEVELOPMENT, ELASTIC, KINDS, PRODUCTION, TOKYO, VIRGINIA, Planned, planned

if TYPE_CHECKING:
    from playground.aws.server import LocalAws

COPIED = ("db-01", "db-02")  # servers whose snapshots have copies in Virginia
IMAGED = ("db-01", "us-web-01")  # servers of which toban has made weekly images
WEEKS = 3  # of images


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
    snapshots: tuple[str, ...]  # of all its volumes that toban took, newest first


@dataclass(frozen=True, slots=True)
class Estate:
    """What was planted: ids by name."""

    servers: Mapping[str, Server]
    images: Mapping[str, str]  # made by hand, by name
    copies: Mapping[str, tuple[str, ...]]  # in Virginia, by server, newest first
    weekly: Mapping[str, tuple[str, ...]]  # images by toban, by server, newest first
    strangers: Mapping[str, tuple[str, ...]]  # snapshots that toban did not make, by who did
    group: tuple[str, ...]  # names of the servers in the Auto Scaling group "web"
    failed_snapshot: str  # of db-02
    pinned_snapshot: str  # of db-01; an image stands on it
    orphan_snapshot: str  # in development
    unattached_volume: str  # in development
    waste: Mapping[str, str]  # ids of what nobody needs, by name

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
        every = {one.name: one for one in planned()}
        servers = {name: _server(aws, one, today) for name, one in every.items()}
        production = aws.backend("ec2", PRODUCTION, TOKYO)
        failed, pinned = servers["db-02"].snapshots[0], servers["db-01"].snapshots[-1]
        production.snapshots[failed].status = "error"
        there = aws.backend("ec2", PRODUCTION, VIRGINIA)
        copies = {
            name: planting_generations.copies(production, there, servers[name].snapshots) for name in COPIED
        }
        weekly = {name: _weekly(aws, every[name], servers[name], today) for name in IMAGED}
        images = _images(production, servers, today)
        planting_strangers.stand_on(production, images["db-before-upgrade"], pinned)
        strangers = _strangers(aws, servers, today)
        group = _launched(aws, servers, images)
        planting.keep_address(aws.backend("ec2", PRODUCTION, VIRGINIA), servers[ELASTIC].id)
        planting_databases.databases(aws.backend("rds", PRODUCTION, TOKYO))
        planting_databases.development(aws.backend("rds", DEVELOPMENT, TOKYO))
        volume, orphan = planting_strangers.forgotten(aws.backend("ec2", DEVELOPMENT, TOKYO), today)
        waste = planting_waste.waste(aws, today)
        for account in (PRODUCTION, DEVELOPMENT):
            saying.open_queue(aws, account)
    return Estate(servers, images, copies, weekly, strangers, group, failed, pinned, orphan, volume, waste)


_IMAGES = {"web-golden": "web-01", "api-golden": "api-01", "db-before-upgrade": "db-01"}


def _begin_anew(aws: "LocalAws") -> None:
    """Let every id that moto draws, those of the default networks too, be the same each time."""
    places = sorted({(kind.account, kind.region) for kind in KINDS})
    backends = [aws.backend("ec2", account, region) for account, region in places]
    mock_random.seed(20261121)
    for backend in backends:
        backend.reset()


def _server(aws: "LocalAws", one: Planned, today: datetime) -> Server:
    kind, backend = one.kind, aws.backend("ec2", one.kind.account, one.kind.region)
    instance = planting.instance(backend, one, today)
    volumes = tuple(device.volume_id for _, device in instance.get_block_device_mapping)
    nights = one.nights if one.is_backed_up else 0
    snapshots = planting_generations.nightly(backend, one, volumes, nights, today)
    return Server(
        instance.id, one.name, kind.account, kind.region, kind.env, kind.service, kind.state,
        volumes, snapshots,
    )  # fmt: skip


def _weekly(aws: "LocalAws", one: Planned, server: Server, today: datetime) -> tuple[str, ...]:
    backend = aws.backend("ec2", server.account, server.region)
    return planting_generations.weekly_images(backend, one, backend.get_instance(server.id), WEEKS, today)


def _images(backend: Any, servers: Mapping[str, Server], today: datetime) -> dict[str, str]:
    return {
        name: planting_strangers.image(backend, backend.get_instance(servers[of].id), name, today)
        for name, of in _IMAGES.items()
    }


def _strangers(aws: "LocalAws", servers: Mapping[str, Server], today: datetime) -> dict[str, tuple[str, ...]]:
    development, there = aws.backend("ec2", DEVELOPMENT, TOKYO), aws.backend("ec2", PRODUCTION, VIRGINIA)
    search, kafka = servers["dev-search-01"].volumes[0], servers["poc-kafka-01"].volumes[0]
    api = servers["us-api-01"].volumes[0]
    return {
        "lifecycle": planting_strangers.by_lifecycle_manager(development, search, 5, today),
        "backup": planting_strangers.by_backup_service(there, api, 4, today),
        "hand": (planting_strangers.by_hand(development, kafka, "before the new broker", 40, today),),
    }


def _launched(aws: "LocalAws", servers: Mapping[str, Server], images: Mapping[str, str]) -> tuple[str, ...]:
    """Let a group and a launch template start from images; return who is in the group."""
    group = tuple(name for name in servers if name.startswith("web-"))
    targets = planting_targets.target_groups(aws, servers)
    scaling = aws.backend("autoscaling", PRODUCTION, TOKYO)
    planting.group(scaling, "web", images["web-golden"], [servers[name].id for name in group])
    scaling.autoscaling_groups["web"].target_group_arns = [targets["web"]]
    planting.template(aws.backend("ec2", PRODUCTION, TOKYO), "api", images["api-golden"])
    return group
