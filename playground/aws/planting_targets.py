"""The estate's target groups: the web servers, and the servers behind the API."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from playground.aws.fleet import PRODUCTION, TOKYO

if TYPE_CHECKING:
    from playground.aws.estate import Server
    from playground.aws.server import LocalAws

_GROUPS: Mapping[str, tuple[str, ...]] = {"web": ("web-",), "api": ("api-", "spot-api-")}
"""By name: how the names of its servers begin."""


def target_groups(aws: "LocalAws", servers: Mapping[str, "Server"]) -> Mapping[str, str]:
    """Make each group with its servers in it; return their ARNs by name."""
    balancing = aws.backend("elbv2", PRODUCTION, TOKYO)
    vpc = next(iter(aws.backend("ec2", PRODUCTION, TOKYO).vpcs))
    made = {}
    for name, beginnings in _GROUPS.items():
        group = balancing.create_target_group(
            name, vpc_id=vpc, protocol="HTTP", port="80", target_type="instance", healthcheck_path="/health"
        )
        members = [one.id for each, one in servers.items() if each.startswith(beginnings)]
        group.register([{"Id": one, "Port": 80} for one in members])
        made[name] = group.arn
    return made
