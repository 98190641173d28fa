"""Zonal shifts: contract tests against replies written by hand, since no emulator has them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aws import zonal_shift
from aws.errors import Refused
from tests.canned import TOKYO, CannedAccounts, Refusal

ARN = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188"
EXPIRES = datetime(2026, 11, 21, 3, 10, tzinfo=UTC)
SHIFT = {
    "zonalShiftId": "9ac9ec1e-1df1-0755-3dc5-8cf57EXAMPLE",
    "resourceIdentifier": ARN,
    "awayFrom": "apne1-az4",
    "expiryTime": EXPIRES,
    "startTime": EXPIRES - timedelta(minutes=10),
    "comment": "toban #7",
}
RESOURCE = {
    "arn": ARN,
    "name": "web",
    "availabilityZones": ["apne1-az1", "apne1-az4"],
    "zonalShifts": [SHIFT | {"appliedStatus": "APPLIED"}],
}
OTHER = {"arn": f"{ARN}2", "availabilityZones": ["apne1-az1"]}


def test_what_can_be_shifted_tells_its_zones_and_its_shifts() -> None:
    aws = CannedAccounts({"arc-zonal-shift.ListManagedResources": {"items": [RESOURCE, OTHER]}})
    (one,) = zonal_shift.find(zonal_shift.client(aws, TOKYO), [ARN])
    (shift,) = one.shifts
    assert one.zone_ids == ("apne1-az1", "apne1-az4")
    assert (shift.away_from, shift.expires, shift.comment) == ("apne1-az4", EXPIRES, "toban #7")
    assert shift.applied
    assert len(list(zonal_shift.find(zonal_shift.client(aws, TOKYO)))) == 2


def test_a_shift_begins_with_its_end() -> None:
    asked: list[str] = []

    def begun(body: Any) -> Mapping[str, Any]:
        asked.append(body.decode() if isinstance(body, bytes) else str(body))
        return SHIFT | {"status": "ACTIVE"}

    aws = CannedAccounts({"arc-zonal-shift.StartZonalShift": begun})
    arc = zonal_shift.client_once(aws, TOKYO)
    lasts = timedelta(minutes=5, seconds=1)
    started = zonal_shift.start(arc, ARN, "apne1-az4", lasts=lasts, comment="x" * 200)
    assert started.id == SHIFT["zonalShiftId"]
    assert '"expiresIn": "6m"' in asked[0]
    assert f'"{"x" * zonal_shift.MOST_COMMENT}"' in asked[0]


@pytest.mark.parametrize("code", ["ConflictException", "ResourceNotFoundException"])
def test_a_shift_that_is_over_is_cancelled(code: str) -> None:
    aws = CannedAccounts({"arc-zonal-shift.CancelZonalShift": Refusal(code)})
    assert zonal_shift.cancel(zonal_shift.client(aws, TOKYO), "9ac9ec1e") == ""


def test_another_refusal_is_told() -> None:
    aws = CannedAccounts({"arc-zonal-shift.CancelZonalShift": Refusal("ValidationException")})
    with pytest.raises(Refused):
        zonal_shift.cancel(zonal_shift.client(aws, TOKYO), "9ac9ec1e")


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (60, 1), (61, 2), (0, 1), (3600, 60)])
def test_a_length_is_in_whole_minutes_rounded_up(seconds: int, minutes: int) -> None:
    assert zonal_shift.minutes(timedelta(seconds=seconds)) == minutes
