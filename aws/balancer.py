"""Load balancers of the second generation: look at them, and delete them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aws.errors import speaking_plainly
from aws.filters import chunks
from aws.page import pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client as ELBClient
    from mypy_boto3_elbv2.type_defs import LoadBalancerTypeDef

_PAGE = 400  # the most load balancers on a page
_MOST_TAGGED = 20  # ARNs in one DescribeTags
_BY_ITSELF = ("redirect", "fixed-response")
PROTECTION = "deletion_protection.enabled"


@dataclass(frozen=True, slots=True)
class Balancer:
    """A load balancer as toban talks about it; the words are Elastic Load Balancing's own."""

    arn: str
    name: str
    type: str  # application, network, gateway
    state: str  # provisioning, active, active_impaired, failed
    scheme: str  # internet-facing, internal
    created: datetime | None  # in UTC
    vpc_id: str
    tags: Tags
    dns: str = ""  # its name, in small letters


def find(elbv2: "ELBClient") -> Iterator[Balancer]:
    """Yield every load balancer of the place, with its tags: one call more for twenty.  Raises AwsError."""
    found = elbv2.get_paginator("describe_load_balancers").paginate(PaginationConfig={"PageSize": _PAGE})
    for page in pages("listing load balancers", found):
        for some in chunks(page["LoadBalancers"], _MOST_TAGGED):
            tags = _tags(elbv2, [raw.get("LoadBalancerArn", "") for raw in some])
            yield from (_balancer(raw, tags) for raw in some)


def is_protected(elbv2: "ELBClient", arn: str) -> bool:
    """Whether it refuses to be deleted ("Deletion protection").  Raises AwsError."""
    with speaking_plainly(f"looking whether {_name(arn)} is protected against deletion"):
        reply = elbv2.describe_load_balancer_attributes(LoadBalancerArn=arn)
    return any(one.get("Key") == PROTECTION and one.get("Value") == "true" for one in reply["Attributes"])


def answers_by_itself(elbv2: "ELBClient", arn: str) -> bool:
    """Whether a listener or a rule of it redirects, or gives a fixed answer.  Raises AwsError."""
    with speaking_plainly(f"looking at the listeners of {_name(arn)}"):
        listeners = elbv2.describe_listeners(LoadBalancerArn=arn)["Listeners"]
        actions = [action for one in listeners for action in one.get("DefaultActions", [])]
        if _any_by_itself(actions):
            return True
        rules = [elbv2.describe_rules(ListenerArn=one.get("ListenerArn", ""))["Rules"] for one in listeners]
    return _any_by_itself(action for some in rules for rule in some for action in rule.get("Actions", []))


def delete(elbv2: "ELBClient", arn: str) -> str:
    """Delete a load balancer for good and return AWS's request id; one that is gone already counts, too.

    Its target groups stay.  Raises Refused (OperationNotPermitted) when it is protected, or another AwsError.
    """
    with speaking_plainly(f"deleting {_name(arn)}"):
        reply: Any = elbv2.delete_load_balancer(LoadBalancerArn=arn)
    return str(reply["ResponseMetadata"]["RequestId"])


def _any_by_itself(actions: Any) -> bool:
    return any(action["Type"] in _BY_ITSELF for action in actions)


def _tags(elbv2: "ELBClient", arns: Sequence[str]) -> dict[str, Tags]:
    with speaking_plainly("reading the tags of load balancers"):
        reply: Any = elbv2.describe_tags(ResourceArns=list(arns))
    return {one["ResourceArn"]: Tags.read(one["Tags"]) for one in reply["TagDescriptions"]}


def _name(arn: str) -> str:
    """Its name out of its ARN (…:loadbalancer/app/NAME/ID)."""
    return arn.split("/")[-2] if arn.count("/") > 2 else arn


def _balancer(raw: "LoadBalancerTypeDef", tags: dict[str, Tags]) -> Balancer:
    arn = raw.get("LoadBalancerArn", "")
    return Balancer(
        arn=arn,
        name=raw.get("LoadBalancerName", ""),
        type=raw.get("Type", ""),
        state=raw.get("State", {}).get("Code", ""),
        scheme=raw.get("Scheme", ""),
        created=raw.get("CreatedTime"),
        vpc_id=raw.get("VpcId", ""),
        tags=tags.get(arn, Tags()),
        dns=raw.get("DNSName", "").casefold(),
    )
