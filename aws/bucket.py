"""EC2's published token buckets, and those of CloudTrail's event history and of Route 53.

Source: "Request throttling for the Amazon EC2 API" of the EC2 developer guide, tables "Request token
bucket sizes and refill rates" and "Resource token bucket sizes and refill rates"; "LookupEvents" of the
CloudTrail API reference.  An account may have been granted more; nobody has less.

"Throttling for Amazon Route 53 API requests" (Route 53 developer guide): all requests of an account share a
bucket, and some actions have one of their own besides.  (It was five requests a second before that page;
where it still is, botocore's patience does the rest.)
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bucket:
    """A token bucket: how many tokens at once, and how many a second in the long run."""

    burst: int
    per_second: int


_LOOK = Bucket(100, 20)  # Describe*, with filters, ids or pages
_LOOK_AT_ALL = Bucket(50, 10)  # without any of them
_CHANGE = Bucket(50, 5)
_READ = ("Describe", "Get", "List", "Search")
_COSTLY_UNPAGED = frozenset(
    {
        "DescribeInstances",
        "DescribeInstanceStatus",
        "DescribeNetworkInterfaces",
        "DescribeSecurityGroups",
        "DescribeSnapshots",
        "DescribeSpotInstanceRequests",
        "DescribeVolumes",
    }
)
_NARROWING = ("Filter.", "MaxResults", "InstanceId.", "SnapshotId.", "VolumeId.")
_OF_THEIR_OWN = {
    "CopyImage": Bucket(100, 1),
    "CreateSnapshot": Bucket(100, 5),
    "CreateSnapshots": Bucket(100, 5),
    "CreateTags": Bucket(100, 10),
    "CreateVolume": Bucket(100, 5),
    "DeleteSnapshot": Bucket(100, 5),
    "DeleteTags": Bucket(100, 10),
    "DeleteVolume": Bucket(100, 5),
    "DeregisterImage": Bucket(100, 5),
    "LookupEvents": Bucket(2, 2),
    "ModifyImageAttribute": Bucket(100, 5),
    "ModifySnapshotAttribute": Bucket(100, 5),
    "RunInstances": Bucket(5, 2),
    "StartInstances": Bucket(5, 2),
    "TerminateInstances": Bucket(100, 5),
}
_PER_INSTANCE = {
    "RunInstances": Bucket(1000, 2),
    "StartInstances": Bucket(1000, 2),
    "StopInstances": Bucket(1000, 20),
    "TerminateInstances": Bucket(1000, 20),
}


_ROUTE53 = Bucket(50, 10)  # of all calls together
_HEALTH = Bucket(4, 1)  # of GetHealthCheckStatus, besides


PACED = frozenset({"cloudtrail", "ec2", "route53"})
"""The services whose requests take tokens."""


@dataclass(frozen=True, slots=True)
class Toll:
    """Tokens a request takes from one of its action's buckets."""

    kind: str  # tells the buckets of one action apart
    bucket: Bucket
    tokens: int = 1
    shared: bool = False  # the bucket is that of every action


def tolls(action: str, parameters: Mapping[str, object], service: str = "ec2") -> tuple[Toll, ...]:
    """What a request costs; the parameters as EC2's protocol writes them (InstanceId.1 ...)."""
    if service == "route53":
        own = (Toll("requests", _HEALTH),) if action == "GetHealthCheckStatus" else ()
        return (Toll("route53", _ROUTE53, shared=True), *own)
    request = _request_toll(action, parameters)
    each = _PER_INSTANCE.get(action)
    if each is None:
        return (request,)
    return request, Toll("instances", each, min(_instances(parameters), each.burst))


def _request_toll(action: str, parameters: Mapping[str, object]) -> Toll:
    if action in _OF_THEIR_OWN:
        return Toll("requests", _OF_THEIR_OWN[action])
    if not action.startswith(_READ):
        return Toll("requests", _CHANGE)
    if action in _COSTLY_UNPAGED and not any(key.startswith(_NARROWING) for key in parameters):
        return Toll("unpaged requests", _LOOK_AT_ALL)
    return Toll("requests", _LOOK)


def _instances(parameters: Mapping[str, object]) -> int:
    """How many instances a request is about: those it names, or those it wants made."""
    named = sum(key.startswith("InstanceId.") for key in parameters)
    return named or int(str(parameters.get("MaxCount", 1)))
