"""Route 53's record sets: what a name answers, by which weight or role; change several at once, or none.

Reads come first, changes after.  Sources: "ChangeResourceRecordSets" (Route 53 API reference): a change
batch is made as a whole or not at all, and a DELETE must give all the values that are there, so that an
exchange of old for new never overwrites what somebody else changed a moment ago.  "GetChange": a change is
INSYNC when every name server answers by it.  "Values specific for weighted records": a weight is 0 to 255.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aws.errors import speaking_plainly
from aws.route53 import Route53

PRIMARY, SECONDARY = "PRIMARY", "SECONDARY"
MOST_WEIGHT = 255
ALIAS_TTL = 60
"""Seconds that an alias of a load balancer may be kept ("Choosing between alias and non-alias records")."""
WEIGHTED, FAILOVER, SIMPLE = "weighted", "failover", "simple"
_POLICIES = {
    "TrafficPolicyInstanceId": "traffic policy",  # such a record changes with its policy only
    "Weight": WEIGHTED,
    "Failover": FAILOVER,
    "Region": "latency",
    "GeoLocation": "geolocation",
    "GeoProximityLocation": "geoproximity",
    "CidrRoutingConfig": "IP-based",
    "MultiValueAnswer": "multivalue",
}
"""What a record set carries, and the routing policy that it says; the first counts."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record set as toban talks about it."""

    name: str  # without the dot at the end
    type: str  # A, AAAA, CNAME ...
    id: str  # its SetIdentifier: what tells it from others of one name and type; "" for a simple one
    policy: str  # weighted, failover, simple ...
    weight: int = 0
    failover: str = ""  # PRIMARY, SECONDARY
    ttl: int = ALIAS_TTL  # seconds that who asked may keep the answer
    values: tuple[str, ...] = ()  # addresses or names; of an alias the one name
    alias: bool = False
    evaluates: bool = False  # an alias that is as healthy as what it leads to
    health_check: str = ""  # the id
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)  # as AWS answers and takes it

    def weighing(self, weight: int) -> Mapping[str, Any]:
        """The same with another weight, as AWS takes it."""
        return {**self.raw, "Weight": weight}

    def acting_as(self, failover: str) -> Mapping[str, Any]:
        """The same in another role, as AWS takes it."""
        return {**self.raw, "Failover": failover}


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that Route 53 has taken."""

    id: str  # for `in_sync`
    request_id: str


def of_name(route53: Route53, zone_id: str, name: str) -> tuple[Record, ...]:
    """Every record set of a name in a hosted zone, by type and identifier.  Raises AwsError."""
    wanted = name.rstrip(".").casefold()
    found = []
    for raw in _from(route53, zone_id, wanted):
        one = _record(raw)
        if one.name != wanted:
            break
        found.append(one)
    return tuple(sorted(found, key=lambda one: (one.type, one.id)))


def in_sync(route53: Route53, change_id: str) -> bool:
    """Whether every name server answers by a change.  Raises AwsError."""
    with speaking_plainly(f"looking at the change {change_id}"):
        reply = route53.get_change(Id=change_id)
    return bool(reply["ChangeInfo"]["Status"] == "INSYNC")


def exchange(
    route53: Route53, zone_id: str, gone: Sequence[Record], come: Sequence[Mapping[str, Any]], comment: str
) -> Changed:
    """Put these records in the place of those, in one change batch: all of it happens, or nothing.

    Raises Refused (InvalidChangeBatch) when one of the old is not so any more, or another AwsError.
    """
    changes = [
        *({"Action": "DELETE", "ResourceRecordSet": dict(one.raw)} for one in gone),
        *({"Action": "CREATE", "ResourceRecordSet": dict(raw)} for raw in come),
    ]
    with speaking_plainly(f"changing the records of {gone[0].name}"):
        reply = route53.change_resource_record_sets(
            HostedZoneId=zone_id, ChangeBatch={"Comment": comment, "Changes": changes}
        )
    known = reply["ChangeInfo"]["Id"].rpartition("/")[2]
    return Changed(known, str(reply["ResponseMetadata"].get("RequestId", "")))


def _from(route53: Route53, zone_id: str, name: str) -> Iterator[Mapping[str, Any]]:
    """Record sets from a name on; the caller stops when it has enough."""
    start: dict[str, object] = {"StartRecordName": name}
    while True:
        with speaking_plainly(f"looking at the records of {name}"):
            page = route53.list_resource_record_sets(HostedZoneId=zone_id, **start)
        yield from page["ResourceRecordSets"]
        if not page.get("IsTruncated"):
            return
        following = {"StartRecordName": "NextRecordName", "StartRecordType": "NextRecordType"}
        following["StartRecordIdentifier"] = "NextRecordIdentifier"
        start = {ours: page[theirs] for ours, theirs in following.items() if page.get(theirs)}


def _record(raw: Mapping[str, Any]) -> Record:
    alias = raw.get("AliasTarget") or {}
    values = [alias["DNSName"]] if alias else [one["Value"] for one in raw.get("ResourceRecords") or []]
    return Record(
        name=raw["Name"].rstrip(".").casefold(),
        type=raw["Type"],
        id=raw.get("SetIdentifier") or "",
        policy=next((name for key, name in _POLICIES.items() if raw.get(key) is not None), SIMPLE),
        weight=int(raw.get("Weight") or 0),
        failover=raw.get("Failover") or "",
        ttl=int(raw["TTL"]) if raw.get("TTL") is not None else ALIAS_TTL,
        values=tuple(values),
        alias=bool(alias),
        evaluates=bool(alias.get("EvaluateTargetHealth")),
        health_check=raw.get("HealthCheckId") or "",
        raw=raw,
    )
