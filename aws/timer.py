"""A timer at AWS: EventBridge Scheduler makes one prepared call at a moment, whoever is there by then.

Sources: "CreateSchedule", "UpdateSchedule", "GetSchedule", "ListSchedules", "DeleteSchedule" (EventBridge
Scheduler API reference): a schedule has a name of up to 64 letters, and no tags, so that the name says whose
it is; "Schedule types": `at(…)` is called once, within the minute that begins then; with the action DELETE
the schedule goes once it was called.  Reads come first, changes after; all may be repeated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import NotFound, Refused, speaking_plainly
from aws.page import pages
from aws.prepared import Prepared

SERVICE = "scheduler"
TAKEN = "ConflictException"
"""There is one of that name ("CreateSchedule")."""
TRIES_FOR = timedelta(minutes=15)
"""So long Scheduler tries again what AWS refused; longer, and it might undo what somebody did since."""
_TRIES = 185  # the most there may be ("RetryPolicy")
_PAGE = 100


class Client(Protocol):
    """The client, as far as it is used here; there are no stubs of it."""

    def get_paginator(self, operation_name: str, /) -> Any:
        """Pages of a listing."""

    def get_schedule(self, **named: object) -> Mapping[str, Any]:
        """One schedule."""

    def create_schedule(self, **named: object) -> Mapping[str, Any]:
        """Make one."""

    def update_schedule(self, **named: object) -> Mapping[str, Any]:
        """Write it anew, as a whole."""

    def delete_schedule(self, **named: object) -> Mapping[str, Any]:
        """It is not called any more."""


@dataclass(frozen=True, slots=True)
class Timer:
    """A call, and the moment for it."""

    name: str
    at: datetime  # with its zone
    call: Prepared
    role: str  # the ARN of the role as which Scheduler makes it
    said: str  # for whoever finds it in the console


def client(aws: Accounts, place: Place) -> Client:
    """Scheduler in a place."""
    return cast("Client", aws.client(SERVICE, place))


def there(scheduler: Client, name: str) -> bool:
    """Whether a timer is still to come.  Raises AwsError."""
    try:
        with speaking_plainly(f"looking at the timer {name}"):
            scheduler.get_schedule(Name=name)
    except NotFound:
        return False
    return True


def named(scheduler: Client, prefix: str) -> Iterator[str]:
    """The names of the timers that begin so.  Raises AwsError."""
    found = scheduler.get_paginator("list_schedules").paginate(
        NamePrefix=prefix, PaginationConfig={"PageSize": _PAGE}
    )
    for page in pages("looking for timers", found):
        yield from (str(one["Name"]) for one in page["Schedules"])


# -- changes ------------------------------------------------------------------------------------------


def put(scheduler: Client, timer: Timer, token: str) -> str:
    """Set a timer; where one of its name is set already, to this moment.  Returns AWS's request id.

    Raises AwsError: Refused (ValidationException) when Scheduler may not be that role, or makes no such
    call; Denied when toban may not pass the role on.
    """
    asked = _asked(timer)
    try:
        with speaking_plainly(f"setting the timer {timer.name}"):
            reply = scheduler.create_schedule(**asked, ClientToken=token)
    except Refused as error:
        if error.said.code != TAKEN:
            raise
        with speaking_plainly(f"setting the timer {timer.name} anew"):
            reply = scheduler.update_schedule(**asked)
    return str(reply["ResponseMetadata"]["RequestId"])


def delete(scheduler: Client, name: str) -> str:
    """Take a timer away; returns AWS's request id, "" when it was over or gone already.  Raises AwsError."""
    try:
        with speaking_plainly(f"taking the timer {name} away"):
            reply = scheduler.delete_schedule(Name=name)
    except NotFound:
        return ""
    return str(reply["ResponseMetadata"]["RequestId"])


def _asked(timer: Timer) -> Mapping[str, object]:
    return {
        "Name": timer.name,
        "Description": timer.said[:512],
        "ScheduleExpression": f"at({timer.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S})",
        "ScheduleExpressionTimezone": "UTC",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "ActionAfterCompletion": "DELETE",
        "Target": {
            "Arn": timer.call.target(timer.role.split(":")[1]),
            "RoleArn": timer.role,
            "Input": timer.call.input,
            "RetryPolicy": {
                "MaximumEventAgeInSeconds": round(TRIES_FOR.total_seconds()),
                "MaximumRetryAttempts": _TRIES,
            },
        },
    }
