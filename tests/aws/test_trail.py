"""CloudTrail's event history; a contract test, since no emulator records what EC2 does for somebody."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from aws import trail
from aws.account import AccountConfig, Accounts
from aws.bucket import tolls
from aws.pace import Pace
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering
from tests.canned import TOKYO, CannedAccounts

AT = datetime(2026, 11, 22, tzinfo=UTC)
KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/1"


def event(code: str = "AccessDenied", key: str = KEY) -> dict[str, Any]:
    """One event as LookupEvents shows it."""
    record = {"errorCode": code, "userIdentity": {"arn": "arn:x"}, "requestParameters": {"keyId": key}}
    return {"EventName": "CreateGrant", "EventTime": AT, "CloudTrailEvent": json.dumps(record)}


def refused(reply: Any) -> tuple[list[trail.Event], CannedAccounts]:
    aws = CannedAccounts({"cloudtrail.LookupEvents": reply})
    client = trail.client(aws, TOKYO)
    return list(trail.refused(client, "CreateGrant", KEY, AT - timedelta(hours=1), AT)), aws


def test_only_what_was_refused_and_is_about_the_key_counts() -> None:
    found, _ = refused({"Events": [event(), event(code=""), event(key="another")]})
    assert [(one.name, one.code, one.who) for one in found] == [("CreateGrant", "AccessDenied", "arn:x")]


def test_a_busy_trail_is_not_read_to_its_end() -> None:
    pages = iter(range(100))
    _, aws = refused(lambda _: {"Events": [event(code="")] * 50, "NextToken": f"page {next(pages)}"})
    assert aws.asked == ["cloudtrail.LookupEvents"] * trail.MOST_PAGES


def test_lookups_take_turns_at_two_a_second(wire: Wire) -> None:
    (toll,) = tolls("LookupEvents", {})
    assert (toll.bucket.burst, toll.bucket.per_second) == (2, 2)
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        time.sleep(seconds)

    wire.reactions = [answering('{"Events": []}')]
    aws = Accounts([AccountConfig("dev", "123456789012", ("eu-west-1",))], Pace(sleep=wait))
    for _ in range(2):
        assert list(trail.refused(trail.client(aws, PLACE), "CreateGrant", KEY, AT, AT)) == []
    aws.close()
    assert waited


def made(name: str, code: str = "", who: str = "arn:ana") -> dict[str, Any]:
    record = {"userIdentity": {"arn": who}} | ({"errorCode": code} if code else {})
    return {"EventName": name, "EventTime": AT, "CloudTrailEvent": json.dumps(record)}


def test_who_made_something_is_whoever_made_the_call_that_went_well() -> None:
    reply = {
        "Events": [
            made("DetachVolume", who="arn:bo"),
            made("CreateVolume", "UnauthorizedOperation", "arn:cy"),
            made("CreateVolume"),
        ]
    }
    aws = CannedAccounts({"cloudtrail.LookupEvents": reply})
    assert trail.maker(trail.client(aws, TOKYO), "vol-1", AT) == "arn:ana"


def test_of_what_is_older_than_its_memory_nobody_is_known() -> None:
    aws = CannedAccounts({"cloudtrail.LookupEvents": {"Events": [made("DetachVolume")]}})
    assert trail.maker(trail.client(aws, TOKYO), "vol-1", AT) == ""
