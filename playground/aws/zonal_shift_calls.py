"""ARC's zonal shifts, which moto does not have: the load balancers of moto that are opted in can be
shifted.

As "StartZonalShift", "CancelZonalShift" and "ListManagedResources" say (Zonal Shift API reference), and
"Zonal shift for your Application Load Balancer": the attribute zonal_shift.config.enabled is its owner's
consent.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from moto.backends import get_backend

from playground.aws.answer import Answer, error, new_request_id
from playground.aws.call import Call, Request
from playground.aws.zonal_shifts import Where, ZonalShift, ZonalShifts

SERVICE = "arc-zonal-shift"
OPTED_IN = "zonal_shift.config.enabled"
LONGEST = timedelta(hours=72)
_LENGTH = re.compile(r"([1-9][0-9]*)([mh])")
_KINDS = ("application", "network")


class _No(Exception):
    """What AWS refuses."""

    def __init__(self, code: str, message: str, status: int = 400, **more: str) -> None:
        super().__init__(code, message)
        self.code, self.message, self.status, self.more = code, message, status, more


def answer(shifts: ZonalShifts, request: Request, call: Call) -> Answer:
    """Answer one call of ARC's."""
    where = call.account, call.region
    try:
        status, body = _answer(shifts, where, request, call.action)
    except _No as no:
        refused = error(call, no.code, no.message, no.status)
        whole = json.loads(refused.body) | no.more
        return Answer(
            refused.status, refused.headers, json.dumps(whole).encode(), no.code, refused.request_id
        )
    request_id = new_request_id()
    headers = {"x-amzn-requestid": request_id, "content-type": "application/json"}
    return Answer(status, headers, json.dumps(body).encode(), request_id=request_id)


def _answer(shifts: ZonalShifts, where: Where, request: Request, action: str) -> tuple[int, dict[str, Any]]:
    match action:
        case "ListManagedResources":
            return 200, {"items": [_resource(shifts, where, one) for one in _balancers(where)]}
        case "StartZonalShift":
            return 201, _row(shifts, _start(shifts, where, json.loads(request.body)))
        case "CancelZonalShift":
            key = unquote(request.path.partition("?")[0].rpartition("/")[2])
            return 200, _row(shifts, _cancel(shifts, where, key))
        case _:
            raise _No("LocalAwsGap", f"{action} has not been implemented", 501)


def _start(shifts: ZonalShifts, where: Where, asked: Mapping[str, str]) -> ZonalShift:
    arn, zone = asked["resourceIdentifier"], asked["awayFrom"]
    one = next((each for each in _balancers(where) if each.arn == arn), None)
    if one is None:
        raise _No("ResourceNotFoundException", f"Resource {arn} is not found.", 404)
    if zone not in _zones(one):
        raise _No("ValidationException", f"{zone} is no zone of it.", reason="InvalidAz")
    for other in shifts.active(where, arn):
        already = {"reason": "ZonalShiftAlreadyExists", "zonalShiftId": other.id}
        raise _No("ConflictException", "There is already an active zonal shift.", 409, **already)
    return shifts.start(where, arn, zone, _length(asked["expiresIn"]), asked["comment"])


def _cancel(shifts: ZonalShifts, where: Where, key: str) -> ZonalShift:
    one = next((each for each in shifts.all(where) if each.id == key), None)
    if one is None:
        raise _No("ResourceNotFoundException", f"Zonal shift {key} is not found.", 404)
    if one.status(shifts.clock.now()) != "ACTIVE":
        over = {"reason": "ZonalShiftStatusNotActive", "zonalShiftId": key}
        raise _No("ConflictException", f"Zonal shift {key} is not active.", 409, **over)
    return shifts.cancel(where, one)


def _length(said: str) -> timedelta:
    found = _LENGTH.fullmatch(said)
    lasts = timedelta(minutes=int(found[1]) * (60 if found[2] == "h" else 1)) if found else None
    if lasts is None or lasts > LONGEST:
        raise _No("ValidationException", f"{said} is no length.", reason="InvalidExpiresIn")
    return lasts


def _balancers(where: Where) -> Iterator[Any]:
    for one in get_backend("elbv2")[where[0]][where[1]].load_balancers.values():
        if one.type in _KINDS and one.attrs.get(OPTED_IN) == "true":
            yield one


def _zones(balancer: Any) -> list[str]:
    return sorted({subnet.availability_zone_id for subnet in balancer.subnets})


def _resource(shifts: ZonalShifts, where: Where, balancer: Any) -> dict[str, Any]:
    active, zones = list(shifts.active(where, balancer.arn)), _zones(balancer)
    away = {one.away_from for one in active}
    return {
        "arn": balancer.arn,
        "name": balancer.name,
        "availabilityZones": zones,
        "appliedWeights": {zone: 0.0 if zone in away else 1.0 for zone in zones},
        "zonalShifts": [_times(one) | {"appliedStatus": "APPLIED"} for one in active],
        "autoshifts": [],
        "zonalAutoshiftStatus": "DISABLED",
        "practiceRunStatus": "DISABLED",
    }


def _row(shifts: ZonalShifts, one: ZonalShift) -> dict[str, Any]:
    return _times(one) | {"status": one.status(shifts.clock.now())}


def _times(one: ZonalShift) -> dict[str, Any]:
    return {
        "zonalShiftId": one.id,
        "resourceIdentifier": one.arn,
        "awayFrom": one.away_from,
        "startTime": one.begun.timestamp(),
        "expiryTime": (one.begun + one.lasts).timestamp(),
        "comment": one.comment,
    }
