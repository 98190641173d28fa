"""What the local AWS says about the shop: read in its own process, in one look, under its lock.

Each function knows one kind of thing; what is not there is simply not seen.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from moto.backends import get_backend

from playground.aws.fleet import PRODUCTION
from playground.aws.shop_plan import BUCKET, CACHE, DATABASE, NAME, ROLE, SHOP, SITES, WEB
from playground.shop.denials import is_denied
from playground.shop.seen import Checks, Database, Seen, Server, Site, Spoilt
from playground.shop.walls import walls

if TYPE_CHECKING:
    from playground.aws.server import LocalAws

_SHARD = "0001"
_BY_ITS_GROUP = "Terminating EC2 instance: "  # what a group says of an instance that it takes out of service


def look(aws: "LocalAws") -> Seen | None:
    """Return what there is of the shop; None while it is not planted."""
    with aws.control.lock:
        aws.control.settle()
        networks = {one.region: network for one in SITES if (network := _network(one.region))}
        if not networks:
            return None
        sites = {region: _site(aws, region, network) for region, network in networks.items()}
        weights, ttl = _records()
        return Seen(id(next(iter(networks.values()))), sites, weights, ttl)


# -- of one place --------------------------------------------------------------------------------------


def _site(aws: "LocalAws", region: str, network: Any) -> Site:
    cut = walls(_backend("ec2", region), network.id)
    group = _target_group(region)
    return Site(
        region,
        {one.id: one for one in _servers(aws, region, network.id, cut)},
        group.arn if group else "",
        tuple(group.targets) if group else (),
        _drained(aws, region),
        _checks(group) if group else Checks(),
        _away(aws, region),
        _database(aws, region, cut),
        _bucket_denied(region),
        _cache_lost(aws, region, cut),
    )


def _network(region: str) -> Any:
    ec2 = _backend("ec2", region)
    return next((one for one in ec2.vpcs.values() if ec2.tags.get(one.id, {}).get("Name") == SHOP), None)


def _servers(aws: "LocalAws", region: str, network: str, cut: frozenset[str]) -> Iterator[Server]:
    for reservation in _backend("ec2", region).reservations.values():
        for one in reservation.instances:
            if one.vpc_id == network:
                running = one.state == "running"
                lost = one.subnet_id in cut or one.id in aws.control.instances.impaired
                yield Server(one.id, one.placement.zone, running, lost, _spoilt(aws, one.id, running))


def _spoilt(aws: "LocalAws", instance: str, running: bool) -> Spoilt | None:
    """What commands with `tc` have done; a server that does not run has forgotten it."""
    found = aws.control.commands.spoilt(instance) if running else None
    if found is None:
        return None
    return Spoilt(found.delay_ms / 1000, found.jitter_ms / 1000, found.loss, found.port)


def _target_group(region: str) -> Any:
    groups = _backend("elbv2", region).target_groups.values()
    return next((one for one in groups if one.name == WEB), None)


def _checks(group: Any) -> Checks:
    return Checks(
        float(group.health_check_interval_seconds), float(group.health_check_timeout_seconds),
        int(group.healthy_threshold_count), int(group.unhealthy_threshold_count),
    )  # fmt: skip


def _drained(aws: "LocalAws", region: str) -> frozenset[str]:
    done = aws.control.times.groups.of((PRODUCTION, region, WEB))
    return frozenset(
        one.what.removeprefix(_BY_ITS_GROUP) for one in done if one.what.startswith(_BY_ITS_GROUP)
    )


def _away(aws: "LocalAws", region: str) -> frozenset[str]:
    """The zones that a zonal shift of the load balancer keeps free."""
    balancers = _backend("elbv2", region).load_balancers.values()
    one = next((each for each in balancers if each.name == SHOP), None)
    if one is None:
        return frozenset()
    names = {subnet.availability_zone_id: subnet.availability_zone for subnet in one.subnets}
    shifts = aws.control.times.zonal_shifts.active((PRODUCTION, region), one.arn)
    return frozenset(names.get(shift.away_from, shift.away_from) for shift in shifts)


def _database(aws: "LocalAws", region: str, cut: frozenset[str]) -> Database | None:
    found = _backend("rds", region).databases.get(DATABASE)
    if found is None:
        return None
    stands = aws.control.times.failovers.stands(found)
    return Database(
        stands.primary, stands.standby,
        there=found.status not in {"stopping", "stopped", "starting", "deleting"},
        failing_over=stands.failing_over,
        cut_off=_inner(region, stands.primary) in cut,
    )  # fmt: skip


def _cache_lost(aws: "LocalAws", region: str, cut: frozenset[str]) -> bool:
    """Whether the cache's primary is failing over or cut off; where there is none, nobody misses it."""
    group = _backend("elasticache", region).replication_groups.get(CACHE)
    if group is None:
        return False
    stands = aws.control.caches.stands(group, _SHARD)
    return stands.failing_over or _inner(region, stands.primary) in cut


def _inner(region: str, zone: str) -> str:
    """The subnet of a zone in which database and cache are."""
    group = _backend("rds", region).subnet_groups.get(DATABASE)
    named = {one["SubnetAvailabilityZone"]["Name"]: one["SubnetIdentifier"] for one in group.subnets}
    return str(named.get(zone, ""))


def _bucket_denied(region: str) -> bool:
    """Whether the web servers' role may not read the shop's pictures."""
    role = next((one for one in _backend("iam", "aws").roles.values() if one.name == ROLE), None)
    bucket = _backend("s3", "aws").buckets.get(f"{BUCKET}-{region}")
    if role is None or bucket is None:
        return True
    return is_denied(role.arn, [*role.policies.values(), *([bucket.policy] if bucket.policy else [])])


# -- of both places ------------------------------------------------------------------------------------


def _records() -> tuple[Mapping[str, int], float]:
    """Where the name leads, by weight, and how long that is kept (seconds)."""
    by_name = {
        one.dns_name: site.region
        for site in SITES
        for one in _backend("elbv2", site.region).load_balancers.values()
    }
    weights, ttl = {}, 0.0
    for zone in _backend("route53", "aws").zones.values():
        for row in zone.rrsets:
            if row.name == NAME and (region := by_name.get(next(iter(row.records), ""))):
                weights[region] = int(row.weight or 0)
                ttl = max(ttl, float(row.ttl or 0))
    return weights, ttl


def _backend(service: str, place: str) -> Any:
    return get_backend(service)[PRODUCTION][place]  # type: ignore[call-overload] # any name will do
