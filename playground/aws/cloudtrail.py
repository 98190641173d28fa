"""CloudTrail's LookupEvents, which moto does not have."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.responses import ActionResult

from playground.aws.paging import page
from playground.aws.times import Times
from playground.aws.trail import Trail, TrailEvent

_MOST = 50  # events a page
_KINDS = {"i": "AWS::EC2::Instance", "vol": "AWS::EC2::Volume", "snap": "AWS::EC2::Snapshot"}


class LocalCloudTrail(CloudTrailResponse):
    """The events of the last 90 days, by one attribute and a span of time."""

    trail: Trail

    def lookup_events(self) -> ActionResult:
        """The newest first, page by page."""
        asked = json.loads(self.body or "{}")
        wanted = [(one["AttributeKey"], one["AttributeValue"]) for one in asked.get("LookupAttributes", [])]
        since, until = _moment(asked.get("StartTime", 0)), _moment(asked.get("EndTime", 2**33))
        found = [
            one
            for one in self.trail.found(self.current_account, self.region)
            if since <= one.when.replace(tzinfo=UTC) <= until
            and all(value in _attribute(one, name) for name, value in wanted)
        ]
        rows, token = page(found, asked.get("MaxResults", _MOST), asked.get("NextToken"))
        return ActionResult({"Events": [_row(one) for one in rows], "NextToken": token})


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _attribute(one: TrailEvent, name: str) -> tuple[str, ...]:
    """Return the values by which an event is found under this attribute."""
    known = {
        "EventName": (one.name,),
        "EventSource": (one.source,),
        "ResourceName": (*one.resources, *(arn.rpartition("/")[2] for arn in one.resources)),
        "ReadOnly": ("false",),
        "Username": (one.caller.rpartition("/")[2],),
        "EventId": (one.id,),
    }
    return known.get(name, ())


def _row(one: TrailEvent) -> dict[str, Any]:
    return {
        "EventId": one.id,
        "EventName": one.name,
        "ReadOnly": "false",
        "EventTime": one.when,
        "EventSource": one.source,
        "Username": one.caller.rpartition("/")[2],
        "Resources": [{"ResourceType": _kind(arn), "ResourceName": arn} for arn in one.resources],
        "CloudTrailEvent": json.dumps(_record(one)),
    }


def _kind(resource: str) -> str:
    return _KINDS.get(resource.partition("-")[0], "AWS::KMS::Key")


def _record(one: TrailEvent) -> dict[str, Any]:
    """Return the record itself; KMS is asked by EC2, in the name of who started the instance."""
    kind = "AssumedRole" if ":assumed-role/" in one.caller else "IAMUser"
    by = {"invokedBy": "AWS Internal"} if one.source.startswith("kms.") else {}
    return {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": kind,
            "arn": one.caller,
            "accountId": one.account,
            **by,
        },
        "eventTime": f"{one.when:%Y-%m-%dT%H:%M:%SZ}",
        "eventSource": one.source,
        "eventName": one.name,
        "awsRegion": one.region,
        "sourceIPAddress": "AWS Internal" if by else "127.0.0.1",
        **({"errorCode": one.code, "errorMessage": one.message} if one.code else {}),
        "requestParameters": one.request,
        "responseElements": None,
        "readOnly": False,
        "resources": [
            {"accountId": one.account, "type": _kind(each), "ARN": each} for each in one.resources if by
        ],
        "eventID": one.id,
    }


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for CloudTrail's one URL, bound to the trail."""

    class BoundCloudTrail(LocalCloudTrail):
        pass

    BoundCloudTrail.trail = times.trail
    view: Callable[..., Any] = BoundCloudTrail.dispatch
    return view
