"""A change batch of Route 53: all of it is valid, or none of it happens.

moto makes the changes one by one, deletes every record with the same identifier whatever its name, and lets a
name have two primaries.  The rules are those of "ChangeResourceRecordSets" (Route 53 API reference); the
messages are as AWS words them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from moto.route53.exceptions import Route53ClientError
from moto.route53.models import RecordSet

Key: TypeAlias = tuple[str, str, str]
_ROUTED = ("weight", "failover", "region", "geo_location", "multi_value_answer")


class InvalidChangeBatch(Route53ClientError):
    """Nothing was changed."""

    def __init__(self, why: str) -> None:
        super().__init__("InvalidChangeBatch", f"[{why}]")


def changed(rrsets: Sequence[RecordSet], zone: str, batch: Iterable[Mapping[str, Any]]) -> list[RecordSet]:
    """The records of a zone after a batch.  Raises InvalidChangeBatch."""
    there = {_key(one): one for one in rrsets}
    for change in batch:
        one = _made(change["ResourceRecordSet"], zone)
        _apply(there, change["Action"], one)
    by_name: dict[tuple[str, str], list[RecordSet]] = defaultdict(list)
    for one in there.values():
        by_name[one.name, str(one.type)].append(one)
    for alike in by_name.values():
        _check(alike)
    return list(there.values())


def _made(raw: Mapping[str, Any], zone: str) -> RecordSet:
    name = raw["Name"].rstrip(".") + "."
    if not f".{name}".endswith(f".{zone.rstrip('.')}."):
        raise InvalidChangeBatch(f"RRSet with DNS name {name} is not permitted in zone {zone}")
    values = [one["Value"] for one in raw.get("ResourceRecords") or []]
    if bool(values) == bool(raw.get("AliasTarget")):
        raise InvalidChangeBatch("Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords]]")
    return RecordSet({**raw, "Name": name, "ResourceRecords": values})  # type: ignore[abstract] # as moto does


def _key(one: RecordSet) -> Key:
    return one.name, str(one.type), one.set_identifier or ""


def _apply(there: dict[Key, RecordSet], action: str, one: RecordSet) -> None:
    key = _key(one)
    called = f"[name='{key[0]}', type='{key[1]}'" + (f", set-identifier='{key[2]}']" if key[2] else "]")
    if action == "DELETE":
        if key not in there:
            raise InvalidChangeBatch(f"Tried to delete resource record set {called} but it was not found")
        if _said(there.pop(key)) != _said(one):
            raise InvalidChangeBatch(
                f"Tried to delete resource record set {called} but the values provided do not match the"
                " current values"
            )
        return
    if action == "CREATE" and key in there:
        raise InvalidChangeBatch(f"Tried to create resource record set {called} but it already exists")
    there[key] = one


def _said(one: RecordSet) -> Mapping[str, Any]:
    """Everything that a DELETE must repeat."""
    return {name: value or None if name != "weight" else value for name, value in vars(one).items()}


def _check(alike: Sequence[RecordSet]) -> None:
    """What has one name and type has one policy, and one primary, which somebody checks."""
    policies = {next((name for name in _ROUTED if getattr(one, name) is not None), "simple") for one in alike}
    if len(policies) > 1:
        raise InvalidChangeBatch(f"{alike[0].name} cannot have {' and '.join(sorted(policies))} records")
    roles = [one.failover for one in alike if one.failover]
    for role in set(roles):
        if roles.count(role) > 1:
            raise InvalidChangeBatch(f"{alike[0].name} already has a {role} record")
    for one in alike:
        if one.failover == "PRIMARY" and not one.alias_target and not one.health_check_id:
            raise InvalidChangeBatch(
                "A non-alias primary ResourceRecordSet must have an associated health check."
            )
        if one.weight is not None and not 0 <= int(one.weight) <= 255:
            raise InvalidChangeBatch(f"{one.weight} is no weight")
