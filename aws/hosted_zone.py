"""Route 53's hosted zones: in which of them the records of a name may be.

Source: "ListHostedZonesByName" (Route 53 API reference): zones come in the order of their names read from
the end, beginning with the one that is asked for; several may have one name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aws.errors import speaking_plainly
from aws.route53 import Route53
from aws.tags import Tags

_MOST = "100"


@dataclass(frozen=True, slots=True)
class HostedZone:
    """A hosted zone as toban talks about it."""

    id: str  # such as Z1D633PJN98FT9
    name: str  # without the dot at the end
    private: bool  # answers only within its VPCs


def of_name(route53: Route53, name: str) -> tuple[HostedZone, ...]:
    """The hosted zones that a name may be in: the longest name first, public ones before private ones.

    One call for each label of the name but the last.  Raises AwsError.
    """
    labels = name.rstrip(".").casefold().split(".")
    suffixes = [".".join(labels[at:]) for at in range(len(labels) - 1)]
    return tuple(zone for suffix in suffixes for zone in _named(route53, suffix))


def tags(route53: Route53, zone_id: str) -> Tags:
    """The tags of a hosted zone.  Raises AwsError."""
    with speaking_plainly(f"reading the tags of the hosted zone {zone_id}"):
        reply = route53.list_tags_for_resource(ResourceType="hostedzone", ResourceId=zone_id)
    return Tags.read(reply["ResourceTagSet"].get("Tags", []))


def _named(route53: Route53, name: str) -> list[HostedZone]:
    with speaking_plainly(f"looking for the hosted zone of {name}"):
        reply = route53.list_hosted_zones_by_name(DNSName=name, MaxItems=_MOST)
    found = [zone for zone in _zones(reply) if zone.name == name]
    return sorted(found, key=lambda one: one.private)


def _zones(reply: Mapping[str, Any]) -> Iterator[HostedZone]:
    for raw in reply["HostedZones"]:
        private = bool(raw.get("Config", {}).get("PrivateZone"))
        yield HostedZone(raw["Id"].rpartition("/")[2], raw["Name"].rstrip(".").casefold(), private)
