"""Every field of what there is in the local AWS, by moto's own state: to be compared with what there was.

Nobody chooses the fields: a thing is walked through as it is.  What is left out stands here with its reason.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from moto.core.base_backend import BackendDict, BaseBackend

from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO

THINGS = {
    "ec2": ("network_acls", "subnets", "groups", "enis", "volumes", "snapshots", "reservations", "tags"),
    "autoscaling": ("autoscaling_groups", "launch_configurations"),
    "elbv2": ("load_balancers", "target_groups"),
    "rds": ("databases", "clusters", "subnet_groups"),
    "elasticache": ("replication_groups", "cache_clusters"),
    "route53": ("zones", "health_checks"),
    "s3": ("buckets",),
    "iam": ("roles",),
    "cloudwatch": ("alarms",),
}
GLOBAL = {"route53", "s3", "iam"}

FLEETING = {
    "_associations",  # an ACL's: each change of a subnet's ACL gives a new id; read as `acl of` below
    "cpu_options",  # moto works it out when it is first asked
    "attach_time",
    "_state_reason",  # why EC2 stopped it last
    "_reason",
    "_events",  # RDS's own log
    "events",
}
"""What AWS keeps as a memory of what was done, not as a state of the thing."""

Shown = Mapping[str, Any]


def shown(aws: LocalAws) -> dict[str, Shown]:
    """Service and kind → thing → its fields."""
    aws.control.settle()
    aws.client("elbv2", account=ACCOUNT, region=TOKYO).describe_load_balancers()  # moto's become active so
    found: dict[str, Shown] = {}
    for service, names in THINGS.items():
        backend = aws.backend(service, ACCOUNT, "aws" if service in GLOBAL else TOKYO)
        for name in names:
            found[f"{service} {name}"] = _walk(getattr(backend, name), frozenset())
    acls = aws.backend("ec2", ACCOUNT, TOKYO).network_acls.values()
    gone = {id_ for id_ in found["ec2 tags"] if id_.startswith("acl-")} - found["ec2 network_acls"].keys()
    found["ec2 tags"] = {id_: tags for id_, tags in found["ec2 tags"].items() if id_ not in gone}  # moto's
    found["acl of"] = {each.subnet_id: one.id for one in acls for each in one.associations}
    found["timers"] = {str(one): "" for one in aws.control.timers.all((ACCOUNT, TOKYO))}
    found["shifts"] = {one.arn: "" for one in aws.control.times.zonal_shifts.active((ACCOUNT, TOKYO))}
    ids = [one.id for one in aws.backend("ec2", ACCOUNT, TOKYO).all_instances()]
    found["late or lossy"] = {one: str(aws.control.spoilt(one)) for one in ids if aws.control.spoilt(one)}
    return found


def without(id_: str, found: Mapping[str, Shown]) -> dict[str, Shown]:
    """The same less each thing that is this one, or belongs to it; what only has it in it stays."""
    return {
        kind: {key: one for key, one in things.items() if kind == "ec2 subnets" or id_ not in f"{key} {one}"}
        for kind, things in found.items()
    }


def different(before: Mapping[str, Shown], after: Mapping[str, Shown]) -> dict[str, tuple[Any, Any]]:
    """Path of each field that is not what it was → what it was, what it is."""
    was, now = dict(_flat("", before)), dict(_flat("", after))
    return {
        path: (was.get(path, "–"), now.get(path, "–"))
        for path in sorted(was.keys() | now.keys())
        if was.get(path, "–") != now.get(path, "–")
    }


def _walk(thing: Any, above: frozenset[int]) -> Any:  # noqa: PLR0911 - one for each sort of thing
    """A thing as plain words, numbers, lists and tables; one that leads back to itself ends there."""
    if thing is None or isinstance(thing, str | int | float | bool | date | Enum):
        return thing
    if isinstance(thing, bytes):
        return thing.decode(errors="replace")
    if isinstance(thing, BaseBackend | BackendDict) or callable(thing) or id(thing) in above:
        return "…"
    inside = above | {id(thing)}
    if isinstance(thing, Mapping):
        return {str(key): _walk(value, inside) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        if thing and hasattr(thing[0], "set_identifier"):  # Route 53 keeps its records in no order
            thing = sorted(thing, key=lambda one: str((one.name, one.type, one.set_identifier)))
        return [_walk(one, inside) for one in thing]
    if isinstance(thing, set | frozenset):
        return sorted(str(_walk(one, inside)) for one in thing)
    if not hasattr(thing, "__dict__"):
        return type(thing).__name__
    return {name: _walk(value, inside) for name, value in vars(thing).items() if name not in FLEETING}


def _flat(path: str, thing: Any) -> Iterable[tuple[str, Any]]:
    """Each leaf with its path."""
    if isinstance(thing, Mapping | list) and thing:
        pairs = thing.items() if isinstance(thing, Mapping) else enumerate(thing)
        for key, value in pairs:
            yield from _flat(f"{path}/{key}", value)
    else:
        yield path, thing
