"""The names of calls whose service writes them as a method and a path with ids in it."""

import re
from collections.abc import Mapping

from playground.aws import s3_calls

_NAMED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "arc-zonal-shift": (
        (r"GET /managedresources", "ListManagedResources"),
        (r"GET /managedresources/[^/]+", "GetManagedResource"),
        (r"GET /zonalshifts", "ListZonalShifts"),
        (r"POST /zonalshifts", "StartZonalShift"),
        (r"DELETE /zonalshifts/[^/]+", "CancelZonalShift"),
    ),
    "scheduler": (
        (r"GET /schedules", "ListSchedules"),
        (r"GET /schedules/[^/]+", "GetSchedule"),
        (r"POST /schedules/[^/]+", "CreateSchedule"),
        (r"PUT /schedules/[^/]+", "UpdateSchedule"),
        (r"DELETE /schedules/[^/]+", "DeleteSchedule"),
    ),
    "route53": (
        (r"GET /[-0-9]+/hostedzonesbyname", "ListHostedZonesByName"),
        (r"GET /[-0-9]+/tags/hostedzone/[^/]+", "ListTagsForResource"),
        (r"GET /[-0-9]+/hostedzone/[^/]+/rrset", "ListResourceRecordSets"),
        (r"POST /[-0-9]+/hostedzone/[^/]+/rrset/", "ChangeResourceRecordSets"),
        (r"GET /[-0-9]+/change/[^/]+", "GetChange"),
        (r"GET /[-0-9]+/healthcheck/[^/]+", "GetHealthCheck"),
        (r"GET /[-0-9]+/healthcheck/[^/]+/status", "GetHealthCheckStatus"),
    ),
    "synthetics": (
        (r"POST /canary", "CreateCanary"),
        (r"POST /canary/[^/]+/start", "StartCanary"),
        (r"POST /canaries", "DescribeCanaries"),
    ),
}
"""By the signing name of a service: what a call looks like without its query, and its name."""


def named(service: str, method: str, path: str) -> str:
    """The name of such a call; "" for one that is not listed here."""
    if service == "s3":
        return s3_calls.named(method, path)
    said = f"{method} {path.partition('?')[0]}"
    return next((name for known, name in _NAMED.get(service, ()) if re.fullmatch(known, said)), "")
