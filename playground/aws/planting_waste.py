"""What the estate pays for and nobody needs, besides what others left behind (`planting_strangers`)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from playground.aws.fleet import PRODUCTION, TOKYO, VIRGINIA
from playground.aws.planting import naive
from playground.aws.trail import TrailEvent

if TYPE_CHECKING:
    from playground.aws.server import LocalAws

RESTORED, TESTED = "db-02-restored", "az-outage-check"  # volumes
PARTNER, CAMPAIGN = "old-partner", "campaign-2025"  # an address, a load balancer
_WHO = f"arn:aws:sts::{PRODUCTION}:assumed-role/Operator/tanaka"


def waste(aws: "LocalAws", today: datetime) -> Mapping[str, str]:
    """A volume that was restored for a look, one of a test, an address, a load balancer; ids by name."""
    home, there = aws.backend("ec2", PRODUCTION, TOKYO), aws.backend("ec2", PRODUCTION, VIRGINIA)
    restored = _volume(home, RESTORED, 500, "gp3", today - timedelta(days=20))
    _made_by(aws, restored, today - timedelta(days=20))
    tested = _volume(there, TESTED, 40, "gp3", today - timedelta(days=12), {"toban:test": "az-outage"})
    address = home.allocate_address("vpc", tags={"Name": PARTNER, "Owner": "web"})
    return {
        RESTORED: restored,
        TESTED: tested,
        PARTNER: str(address.allocation_id),
        CAMPAIGN: _balancer(aws, home, today - timedelta(days=150)),
    }


def _volume(
    backend: Any, name: str, gib: int, kind: str, when: datetime, tags: Mapping[str, str] | None = None
) -> str:
    made = backend.create_volume(size=gib, zone_name=f"{backend.region_name}a", volume_type=kind)
    made.create_time, made.iops, made.throughput = naive(when), 3000, 125
    backend.tags[made.id].update({"Name": name, **(tags or {})})
    return str(made.id)


def _made_by(aws: "LocalAws", volume: str, when: datetime) -> None:
    """CloudTrail knows who made it."""
    event = TrailEvent(
        PRODUCTION, TOKYO, "CreateVolume", "ec2.amazonaws.com", _WHO, (volume,), "", code="", when=naive(when)
    )
    aws.control.times.trail.note(event)


def _balancer(aws: "LocalAws", ec2: Any, when: datetime) -> str:
    """A load balancer whose only target group is empty; its name."""
    balancing = aws.backend("elbv2", PRODUCTION, TOKYO)
    subnets = [one.id for one in ec2.describe_subnets()][:2]
    made = balancing.create_load_balancer(CAMPAIGN, [], subnets, tags=[{"Key": "Team", "Value": "marketing"}])
    vpc = next(iter(ec2.vpcs))
    group = balancing.create_target_group(
        CAMPAIGN, vpc_id=vpc, protocol="HTTP", port="80", target_type="instance", healthcheck_path="/"
    )
    action = {"Type": "forward", "TargetGroupArn": group.arn}
    balancing.create_listener(made.arn, "HTTP", "80", None, [], [action])
    made.created_time = f"{naive(when):%Y-%m-%dT%H:%M:%S.000Z}"
    return CAMPAIGN
