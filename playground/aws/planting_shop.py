"""A system that may be broken on purpose: the shop's staging, in Tokyo, and a smaller twin in Virginia.

Each place has a network of its own with a web subnet and a database subnet in each zone, an Auto Scaling
group behind a load balancer, and a Multi-AZ database whose primary is in zone a; in Tokyo a cache, too.
One name leads to both places by weighted records: all of it to Tokyo.  Everything carries the tag that
failure tests ask for.

`playground.shop` answers for it on loopback.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from playground.aws import planting_shop_parts as parts
from playground.aws.fleet import PRODUCTION
from playground.aws.planting import naive
from playground.aws.shop_plan import NAME, SHOP, SITES, TAGS, TTL, WEB, ZONE, Site, listed

if TYPE_CHECKING:
    from playground.aws.server import LocalAws


def plant_shop(aws: "LocalAws", now: datetime | None = None) -> None:
    """Build it beside whatever stands there, launched a week before `now` (UTC, default now)."""
    launched = (now or datetime.now(UTC)) - timedelta(days=7)
    with aws.control.lock:
        parts.role(aws.backend("iam", PRODUCTION, "aws"))
        names = {one.identifier: _site(aws, one, launched) for one in SITES}
        _records(aws.backend("route53", PRODUCTION, "aws"), names)


def _site(aws: "LocalAws", site: Site, launched: datetime) -> str:
    """Build one place; return the name of its load balancer."""
    ec2 = aws.backend("ec2", PRODUCTION, site.region)
    vpc = ec2.create_vpc(f"{site.network}.0.0/16", tags=listed({"Name": SHOP, **TAGS})).id
    web = [_subnet(ec2, vpc, f"{site.network}.{at}.0/24", "web", zone) for at, zone in enumerate(site.zones)]
    inner = [
        _subnet(ec2, vpc, f"{site.network}.{at}.0/24", "db", zone) for at, zone in enumerate(site.zones, 10)
    ]
    balancer, targets = parts.balancer(aws.backend("elbv2", PRODUCTION, site.region), vpc, web)
    scaling = aws.backend("autoscaling", PRODUCTION, site.region)
    for number, one in enumerate(parts.group(ec2, scaling, site.servers, web, targets), 1):
        one.add_tag("Name", f"{WEB}-{number:02}")
        _dress(ec2, one, launched)
    parts.pictures(aws.backend("s3", PRODUCTION, "aws"), site.region)
    if site.has_cache:
        parts.cache(aws.backend("elasticache", PRODUCTION, site.region), site.zones, inner)
    parts.database(aws.backend("rds", PRODUCTION, site.region), site.zones[0], inner)
    return str(balancer.dns_name)


def _subnet(ec2: Any, vpc: str, addresses: str, tier: str, zone: str) -> Any:
    tags = {"Name": f"{SHOP}-{tier}-{zone[-1]}", **TAGS}
    return ec2.create_subnet(vpc, addresses, availability_zone=zone, tags={"subnet": tags})


def _dress(ec2: Any, instance: Any, launched: datetime) -> None:
    """Let a server have been up for a while, and its disk say whose it is."""
    instance.launch_time = naive(launched)
    for device in instance.block_device_mapping.values():
        ec2.volumes[device.volume_id].create_time = instance.launch_time
        ec2.tags[device.volume_id].update({"Name": ec2.tags[instance.id]["Name"], **TAGS})


def _records(route53: Any, names: Mapping[str, str]) -> None:
    zone = route53.create_hosted_zone(ZONE, private_zone=False, comment="the shop's staging").id
    route53.change_tags_for_resource("hostedzone", zone.rpartition("/")[2], listed(TAGS), [])
    route53.change_resource_record_sets(zone, [_change(one, names[one.identifier]) for one in SITES])


def _change(site: Site, name: str) -> dict[str, Any]:
    record = {
        "Name": NAME, "Type": "CNAME", "SetIdentifier": site.identifier, "Weight": site.weight, "TTL": TTL,
        "ResourceRecords": [{"Value": name}],
    }  # fmt: skip
    return {"Action": "CREATE", "ResourceRecordSet": record}
