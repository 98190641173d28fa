"""EventBridge Scheduler, of which moto calls nothing at its time: schedules that are called once.

As "CreateSchedule", "UpdateSchedule", "GetSchedule", "ListSchedules", "DeleteSchedule" say (EventBridge
Scheduler API reference), and "Using universal targets in EventBridge Scheduler": only such targets are taken
here.  That a moment in the past is refused is this stand-in's own rule.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote

from playground.aws import universal_target
from playground.aws.answer import Answer, error, new_request_id
from playground.aws.call import Call, Request
from playground.aws.timers import Timer, Timers, Where
from playground.aws.universal_target import NoTarget

SERVICE = "scheduler"
_NAME = re.compile(r"[0-9a-zA-Z_.-]{1,64}")
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::([0-9]{12}):role/.+")
_SAID = ("Description", "ScheduleExpression", "ScheduleExpressionTimezone", "FlexibleTimeWindow", "Target")


class _No(Exception):
    """What AWS refuses."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(code, message)
        self.code, self.message, self.status = code, message, status


def answer(timers: Timers, request: Request, call: Call) -> Answer:
    """Answer one call of Scheduler's."""
    try:
        body = _answer(timers, request, call)
    except _No as no:
        return error(call, no.code, no.message, no.status)
    request_id = new_request_id()
    headers = {"x-amzn-requestid": request_id, "content-type": "application/json"}
    return Answer(200, headers, json.dumps(body).encode(), request_id=request_id)


def _answer(timers: Timers, request: Request, call: Call) -> dict[str, Any]:
    where = call.account, call.region
    path, _, query = request.path.partition("?")
    name = unquote(path.removeprefix("/schedules").strip("/"))
    match call.action:
        case "CreateSchedule":
            return _create(timers, where, name, json.loads(request.body))
        case "UpdateSchedule":
            return _update(timers, where, name, json.loads(request.body))
        case "GetSchedule":
            return _shown(where, name, _one(timers, where, name))
        case "DeleteSchedule":
            _one(timers, where, name)
            del timers.all(where)[name]
            return {}
        case "ListSchedules":
            prefix = parse_qs(query).get("NamePrefix", [""])[0]
            every = sorted(timers.all(where).items())
            return {"Schedules": [_row(where, key, one) for key, one in every if key.startswith(prefix)]}
        case _:
            raise _No("LocalAwsGap", f"{call.action} has not been implemented", 501)


def _create(timers: Timers, where: Where, name: str, asked: Mapping[str, Any]) -> dict[str, str]:
    """One token is one schedule; another of that name is a conflict."""
    there = timers.all(where).get(name)
    if there is not None:
        if there.said == asked:
            return {"ScheduleArn": _arn(where, name)}
        raise _No("ConflictException", f"Schedule {name} already exists.", 409)
    now = timers.now()
    timers.all(where)[name] = Timer(_moment(timers, where, name, asked), asked, now, now)
    return {"ScheduleArn": _arn(where, name)}


def _update(timers: Timers, where: Where, name: str, asked: Mapping[str, Any]) -> dict[str, str]:
    made = _one(timers, where, name).made
    timers.all(where)[name] = Timer(_moment(timers, where, name, asked), asked, made, timers.now())
    return {"ScheduleArn": _arn(where, name)}


def _one(timers: Timers, where: Where, name: str) -> Timer:
    found = timers.all(where).get(name)
    if found is None:
        raise _No("ResourceNotFoundException", f"Schedule {name} does not exist.", 404)
    return found


def _moment(timers: Timers, where: Where, name: str, asked: Mapping[str, Any]) -> datetime:
    """When it is called.  Raises _No for what this stand-in, or AWS, does not take."""
    role = _ROLE.fullmatch(asked["Target"]["RoleArn"])
    if not _NAME.fullmatch(name) or asked["FlexibleTimeWindow"] != {"Mode": "OFF"}:
        raise _No("ValidationException", f"{name} is no schedule of this AWS.")
    if role is None or role[1] != where[0]:
        raise _No("ValidationException", "The execution role is of another account.")
    if (asked.get("ScheduleExpressionTimezone"), asked.get("ActionAfterCompletion")) != ("UTC", "DELETE"):
        raise _No("LocalAwsGap", "only UTC, and only what goes once it was called", 501)
    try:
        universal_target.read(asked["Target"])
        at = datetime.strptime(asked["ScheduleExpression"], "at(%Y-%m-%dT%H:%M:%S)").replace(tzinfo=UTC)
    except (NoTarget, ValueError) as problem:
        raise _No("ValidationException", str(problem)) from problem
    if at < timers.now():
        raise _No("ValidationException", f"{asked['ScheduleExpression']} is over.")
    return at


def _arn(where: Where, name: str) -> str:
    account, region = where
    return f"arn:aws:scheduler:{region}:{account}:schedule/default/{name}"


def _row(where: Where, name: str, one: Timer) -> dict[str, Any]:
    times = {"CreationDate": one.made.timestamp(), "LastModificationDate": one.changed.timestamp()}
    known = {"Arn": _arn(where, name), "Name": name, "GroupName": "default", "State": "ENABLED"}
    return {**known, **times, "Target": {"Arn": one.said["Target"]["Arn"]}}


def _shown(where: Where, name: str, one: Timer) -> dict[str, Any]:
    said = {key: one.said[key] for key in (*_SAID, "ActionAfterCompletion") if key in one.said}
    return {**_row(where, name, one), **said}
