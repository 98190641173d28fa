"""Zonal shifts of ARC: the traffic of a load balancer is moved away from a zone for a while.

Sources: "StartZonalShift", "CancelZonalShift", "ListManagedResources" (Zonal Shift API reference of Amazon
Application Recovery Controller): a zone is named by its id, such as apne1-az4; every shift expires by
itself, in 72 hours at most; a resource has one shift that somebody started, and a second is a conflict;
there is no client token.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import NotFound, Refused, speaking_plainly
from aws.page import pages

SERVICE = "arc-zonal-shift"
NOT_ACTIVE = (
    "ConflictException"  # cancelled or expired already ("CancelZonalShift": ZonalShiftStatusNotActive)
)
MOST_COMMENT = 128  # characters
_PAGE = 100


class Client(Protocol):
    """What of ARC's client is used here; there are no stubs of it."""

    def get_paginator(self, operation_name: str, /) -> Any:
        """Pages of a listing."""

    def start_zonal_shift(self, **asked: str) -> Any:
        """Start a shift."""

    def cancel_zonal_shift(self, **asked: str) -> Any:
        """End a shift."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift that is active."""

    id: str
    away_from: str  # the id of a zone
    expires: datetime
    comment: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Shiftable:
    """A resource whose traffic can be moved away from a zone."""

    arn: str
    zone_ids: tuple[str, ...]  # that it is in
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """A shift just begun."""

    request_id: str
    id: str


def client(aws: Accounts, place: Place) -> Client:
    """ARC in a place, for reads and for ends of shifts."""
    return cast("Client", aws.client(SERVICE, place))


def client_once(aws: Accounts, place: Place) -> Client:
    """ARC in a place, for beginnings of shifts, of which a second one is refused."""
    return cast("Client", aws.client(SERVICE, place, once=True))


def find(arc: Client, arns: Sequence[str] = ()) -> Iterator[Shiftable]:
    """Yield what of these, or of all, can be shifted; what is not offered is absent.  Raises AwsError."""
    found = arc.get_paginator("list_managed_resources").paginate(PaginationConfig={"PageSize": _PAGE})
    for page in pages("looking for zonal shifts", found):
        for raw in page["items"]:
            if not arns or raw.get("arn", "") in arns:
                yield _shiftable(raw)


# -- changes ------------------------------------------------------------------------------------------


def start(arc_once: Client, arn: str, zone_id: str, *, lasts: timedelta, comment: str) -> Started:
    """Move a load balancer's traffic away from a zone; after so long, in whole minutes, AWS ends it.

    Raises AwsError: Refused (ConflictException) when another shift of it is active.
    """
    with speaking_plainly(f"shifting {arn} away from {zone_id}"):
        reply = arc_once.start_zonal_shift(
            resourceIdentifier=arn,
            awayFrom=zone_id,
            expiresIn=f"{minutes(lasts)}m",
            comment=comment[:MOST_COMMENT],
        )
    return Started(str(reply["ResponseMetadata"]["RequestId"]), str(reply["zonalShiftId"]))


def cancel(arc: Client, shift_id: str) -> str:
    """End a shift; returns AWS's request id, "" when it was over already.  Raises AwsError."""
    try:
        with speaking_plainly(f"ending the zonal shift {shift_id}"):
            reply = arc.cancel_zonal_shift(zonalShiftId=shift_id)
    except NotFound:
        return ""
    except Refused as error:
        if error.said.code == NOT_ACTIVE:
            return ""
        raise
    return str(reply["ResponseMetadata"]["RequestId"])


def minutes(lasts: timedelta) -> int:
    """A length in whole minutes, rounded up, one at least.  Pure."""
    return max(1, -int(-lasts.total_seconds() // 60))


def _shiftable(raw: Any) -> Shiftable:
    shifts = (
        Shift(
            one["zonalShiftId"],
            one["awayFrom"],
            one["expiryTime"],
            one.get("comment", ""),
            one.get("appliedStatus") == "APPLIED",
        )
        for one in raw.get("zonalShifts", [])
    )
    return Shiftable(raw.get("arn", ""), tuple(raw.get("availabilityZones", [])), tuple(shifts))
