"""ARNs such as a service has: what a policy that names kinds of resources is simulated on.

Source: "Actions, resources, and condition keys" of each service (service authorization reference).
"""

from collections.abc import Mapping

_ID = "0123456789abcdef0"
_KINDS: Mapping[str, tuple[str, ...]] = {
    "autoscaling": ("autoScalingGroup:x:autoScalingGroupName/toban",),
    "cloudwatch": ("alarm:toban",),
    "ec2": (
        *(f"{kind}/{prefix}-{_ID}" for kind, prefix in (
            ("instance", "i"), ("volume", "vol"), ("security-group", "sg"), ("subnet", "subnet"),
            ("network-interface", "eni"), ("network-acl", "acl"), ("elastic-ip", "eipalloc"),
            ("launch-template", "lt"), ("spot-instances-request", "sir"), ("vpc", "vpc"),
        )),
    ),
    "elasticache": ("replicationgroup:toban", "cluster:toban"),
    "elasticloadbalancing": ("targetgroup/toban/0123456789abcdef", "loadbalancer/app/toban/0123456789abcdef"),
    "kms": ("key/01234567-89ab-cdef-0123-456789abcdef",),
    "lambda": ("function:toban",),
    "rds": ("db:toban", "cluster:toban"),
    "scheduler": ("schedule/default/toban",),
    "sns": ("toban",),
    "sqs": ("toban",),
    "ssm": ("document/toban", "managed-instance/mi-0123456789abcdef0"),
    "synthetics": ("canary:toban",),
}  # fmt: skip
_OWNED_BY_NOBODY = ("snapshot/snap-", "image/ami-")  # their ARNs have no account


def example_arns(action: str, account: str, region: str) -> tuple[str, ...]:
    """ARNs that this action may be on, in this account; () for a service that is not known here."""
    service = action.partition(":")[0]
    kinds = (f"arn:aws:{service}:{region}:{account}:{kind}" for kind in _KINDS.get(service, ()))
    more = {
        "ec2": tuple(f"arn:aws:ec2:{region}::{kind}{_ID}" for kind in _OWNED_BY_NOBODY),
        "iam": (f"arn:aws:iam::{account}:role/toban",),
        "route53": (f"arn:aws:route53:::hostedzone/Z{_ID.upper()}",),
        "s3": ("arn:aws:s3:::toban",),
        "ssm": (f"arn:aws:ssm:{region}::document/AWS-RunShellScript",),
    }
    return (*kinds, *more.get(service, ()))
