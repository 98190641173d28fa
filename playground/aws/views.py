"""Our own views of AWS services, each made when the first call to its service arrives."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from playground.aws.times import Times

_MODULES: Mapping[str, str] = {
    "autoscaling": "autoscaling",
    "ce": "cost_explorer",
    "cloudtrail": "cloudtrail",
    "cloudwatch": "cloudwatch",
    "ec2": "ec2",
    "elasticache": "elasticache",
    "elb": "elbv2",  # both generations share their URL; the first one is not here
    "iam": "iam",
    "kms": "local_kms",
    "rds": "rds",
    "route53": "route53",
    "servicequotas": "service_quotas",
    "sesv2": "ses",
    "ssm": "ssm",
    "synthetics": "synthetics",
}
"""moto's name of a service, and ours of the module with its `dispatcher`."""


PATHS: Mapping[str, tuple[str, ...]] = {
    "sesv2": ("/v2/email/account",),
    "synthetics": ("/canary/<name>/start",),
}
"""Paths of calls that moto does not have and we do, by moto's name of the service."""


def view_of(service: str, times: Times) -> Callable[..., Any] | None:
    """Return our view of a service, or None where moto's own is good enough.

    Its module is imported only now: each takes up to half a second that few need.
    """
    if service not in _MODULES:
        return None
    view: Callable[..., Any] = import_module(f"playground.aws.{_MODULES[service]}").dispatcher(times)
    return view
