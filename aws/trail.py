"""CloudTrail's event history: who called what in the last 90 days, and what was refused.

Events arrive some minutes late ("CloudTrail event delivery": typically within 15), so what is not there
yet proves nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, cast

from aws.account import Accounts, Place
from aws.page import pages
from aws.said import resource_ids

if TYPE_CHECKING:
    from mypy_boto3_cloudtrail import CloudTrailClient
    from mypy_boto3_cloudtrail.type_defs import EventTypeDef

KEEPS = timedelta(days=90)
MAKERS = frozenset(
    {
        "AllocateAddress",
        "CopySnapshot",
        "CreateLoadBalancer",
        "CreateSnapshot",
        "CreateSnapshots",
        "CreateVolume",
        "RunInstances",
    }
)
"""Calls that make what people pay for."""
MOST_PAGES = 3  # of 50 events; LookupEvents takes 2 requests a second and a busy name has thousands


@dataclass(frozen=True, slots=True)
class Event:
    """One call that CloudTrail recorded."""

    at: datetime
    name: str  # such as CreateGrant
    who: str  # the ARN of the identity; "" when CloudTrail does not say
    code: str  # the error's code; "" when it went well
    message: str
    record: str  # the whole of it, as JSON
    source: str = ""  # whose call it is, such as ecs.amazonaws.com

    def instances(self) -> set[str]:
        """The instances it names."""
        return {one for one in resource_ids(self.record) if one.startswith("i-")}


def client(aws: Accounts, place: Place) -> "CloudTrailClient":
    """CloudTrail in a place."""
    return cast("CloudTrailClient", aws.client("cloudtrail", place))


def refused(
    cloudtrail: "CloudTrailClient", name: str, about: str, since: datetime, until: datetime
) -> Iterator[Event]:
    """Calls of this name that were refused and mention `about`, newest first.  Raises AwsError.

    EC2's own calls to KMS do not name the instance as their resource, so the name is what can be asked for.
    """
    found = cloudtrail.get_paginator("lookup_events").paginate(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}],
        StartTime=since,
        EndTime=until,
    )
    for page in islice(pages(f"looking for {name} in CloudTrail", found), MOST_PAGES):
        for raw in page["Events"]:
            event = _event(raw)
            if event.code and about in event.record:
                yield event


def changed(
    cloudtrail: "CloudTrailClient", resource: str, since: datetime, until: datetime
) -> Iterator[Event]:
    """What was done to a resource, newest first; one page, and no reads.  Raises AwsError."""
    found = cloudtrail.get_paginator("lookup_events").paginate(
        LookupAttributes=[{"AttributeKey": "ResourceName", "AttributeValue": resource}],
        StartTime=since,
        EndTime=until,
    )
    for page in islice(pages(f"looking in CloudTrail for what was done to {resource}", found), 1):
        events = (_event(raw) for raw in page["Events"] if raw.get("ReadOnly") != "true")
        yield from events


def called(cloudtrail: "CloudTrailClient", name: str, since: datetime, until: datetime) -> Iterator[Event]:
    """Calls of this name that went well, newest first; one page of them.  Raises AwsError."""
    found = cloudtrail.get_paginator("lookup_events").paginate(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}],
        StartTime=since,
        EndTime=until,
    )
    for page in islice(pages(f"looking for {name} in CloudTrail", found), 1):
        events = (_event(raw) for raw in page["Events"])
        yield from (event for event in events if not event.code)


def maker(cloudtrail: "CloudTrailClient", resource: str, until: datetime) -> str:
    """The ARN of who made a resource, by its id, in the 90 days before; "" when that is not there.

    Raises AwsError.
    """
    found = cloudtrail.get_paginator("lookup_events").paginate(
        LookupAttributes=[{"AttributeKey": "ResourceName", "AttributeValue": resource}],
        StartTime=until - KEEPS,
        EndTime=until,
    )
    for page in islice(pages(f"looking in CloudTrail for who made {resource}", found), MOST_PAGES):
        for raw in page["Events"]:
            event = _event(raw)
            if event.name in MAKERS and not event.code and event.who:
                return event.who
    return ""


def _event(raw: "EventTypeDef") -> Event:
    record = raw.get("CloudTrailEvent", "{}")
    said = json.loads(record)
    identity = said.get("userIdentity", {})
    return Event(
        at=raw["EventTime"],
        name=raw.get("EventName", ""),
        who=identity.get("arn", ""),
        code=said.get("errorCode", ""),
        message=said.get("errorMessage", ""),
        record=record,
        source=raw.get("EventSource") or said.get("eventSource", ""),
    )
