"""A message of the queue as an event: whatever way it came, whoever sent it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aws.forged import Forged
from bot.event import KEY, Event
from jobs.envelope import Foreign, Unreadable, opened
from tests.jobs.readings.given import CAME, EVERY, HOME, body

TOPIC = "arn:aws:sns:ap-northeast-1:222222222222:alarms"
KNOWN = {"source": "my.app", "detail-type": "Something", "account": "222222222222", "detail": {}}
MANY = "x" * 400


def anything(_notification: Mapping[str, Any]) -> None:
    """Every signature is right."""


def open_(said: Any, check: Any = anything) -> Event:
    text = said if isinstance(said, str) else json.dumps(said)
    return opened(text, HOME, CAME, check)


def notification(message: Any, **more: Any) -> dict[str, Any]:
    text = message if isinstance(message, str) else json.dumps(message)
    return {"Type": "Notification", "MessageId": "m-1", "TopicArn": TOPIC, "Message": text, **more}


def why(said: Any) -> str:
    with pytest.raises(Unreadable) as refused:
        open_(said)
    return str(refused.value.said)


# -- whose, where, when ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_every_documented_event_is_of_an_account_of_ours_and_has_a_key(name: str) -> None:
    found = open_(body(name))
    assert found.account in {"dev", "prod"}
    assert 0 < len(found.key) <= KEY
    assert found.at <= CAME
    assert open_(body(name)).key == found.key


def test_no_two_documented_events_share_a_key() -> None:
    keys = {name: open_(body(name)).key for name in EVERY}
    same = {one for one in keys if list(keys.values()).count(keys[one]) > 1}
    assert same <= {"alarm_by_sns", "alarm_metric"}, "which are one event by two ways"


def test_an_account_that_is_not_ours_is_foreign() -> None:
    with pytest.raises(Foreign, match="it is of account 999999999999, which the config does not name"):
        open_({**KNOWN, "account": "999999999999"})


def test_an_event_that_names_no_account_is_of_the_queues() -> None:
    """As by EventBridge on moto."""
    for nothing in ({}, {"account": ""}, {"account": None}):
        assert open_({"source": "x", "detail-type": "y", **nothing}).account == HOME.account


@pytest.mark.parametrize("region", ["us-east-1", "ap-northeast-1", "us-gov-west-1", "mx-central-1"])
def test_a_region_is_where_it_happened(region: str) -> None:
    assert open_({**KNOWN, "region": region}).region == region


@pytest.mark.parametrize("region", ["", "global", "../etc", "us east 1", 7, None, {"a": 1}, "x" * 500])
def test_what_is_no_region_is_the_queues(region: Any) -> None:
    assert open_({**KNOWN, "region": region}).region == HOME.region


def test_it_happened_when_aws_says() -> None:
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    assert open_({**KNOWN, "time": "2026-11-22T01:00:00Z"}).at == at
    assert open_({**KNOWN, "time": "2026-11-22T10:00:00+0900"}).at == at
    assert open_({**KNOWN, "time": "2026-11-22T01:00:00"}).at == at


def test_a_clock_that_is_ahead_counts_as_now() -> None:
    later = (CAME + timedelta(hours=1)).isoformat()
    assert open_({**KNOWN, "time": later}).at == CAME


@pytest.mark.parametrize(
    "time", ["", "soon", None, 7, [], "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_a_time_that_is_none_is_when_it_came(time: Any) -> None:
    assert open_({**KNOWN, "time": time}).at == CAME


# -- keys -----------------------------------------------------------------------------------------------


def key(name: str, **detail: Any) -> str:
    said = body(name)
    return open_({**said, "detail": {**said["detail"], **detail}}).key


def test_an_alarm_is_one_event_whichever_way_it_comes() -> None:
    by_event_bridge, by_sns = open_(body("alarm_metric")), open_(body("alarm_by_sns"))
    raw = open_(json.loads(body("alarm_by_sns")["Message"]))
    assert by_event_bridge.key == by_sns.key == raw.key
    assert by_event_bridge.at == by_sns.at == raw.at, "to the millisecond"


def test_each_change_of_an_alarms_state_is_an_event() -> None:
    state = body("alarm_metric")["detail"]["state"]
    other = key("alarm_metric", state={**state, "timestamp": "2026-11-22T01:00:40.990+0000"})
    assert len({key("alarm_metric"), other, key("alarm_metric", state={**state, "value": "OK"})}) == 3


def test_a_health_event_is_known_by_its_arn_and_communication() -> None:
    said = body("health_abuse")
    assert open_(said).key == open_({**said, "id": "another", "region": "us-west-2"}).key
    assert key("health_abuse", communicationId="another") != key("health_abuse")


def test_each_page_and_each_account_of_a_health_event_is_one() -> None:
    pages = {key("health_abuse", page=page) for page in ("1", "2", "3")}
    assert len({*pages, key("health_abuse", affectedAccount="111111111111")}) == 4


def test_a_call_is_known_by_cloudtrails_own_id() -> None:
    said = body("trail_stopped")
    assert open_(said).key == open_({**said, "id": "another"}).key
    assert key("trail_stopped", eventID="another") != key("trail_stopped")


def test_what_only_looks_like_cloudtrails_id_is_none() -> None:
    first, second = ({**KNOWN, "id": number, "detail": {"eventID": "1"}} for number in ("1", "2"))
    assert open_(first).key != open_(second).key


def test_anything_else_is_known_by_event_bridges_id_or_by_what_it_says() -> None:
    assert open_({**KNOWN, "id": "1"}).key == open_({**KNOWN, "id": "1", "detail": {"x": 1}}).key
    assert open_(KNOWN).key == open_(KNOWN).key != open_({**KNOWN, "detail": {"x": 1}}).key


def test_a_long_key_is_cut_and_stays_its_own() -> None:
    long, other = (open_({**KNOWN, "id": MANY + end}).key for end in "ab")
    assert len(long) == len(other) == KEY
    assert long != other


# -- by SNS ---------------------------------------------------------------------------------------------


def test_what_sns_wraps_is_unwrapped_once_its_signature_is_right() -> None:
    checked: list[Mapping[str, Any]] = []
    found = open_(notification({**KNOWN, "id": "1"}), checked.append)
    assert (found.source, found.key) == ("my.app", "event/1")
    assert [one["MessageId"] for one in checked] == ["m-1"]


def test_what_sns_has_not_signed_is_not_looked_into() -> None:
    def forged(_notification: Mapping[str, Any]) -> None:
        raise Forged("it is not signed")

    with pytest.raises(Forged):
        open_(notification({**KNOWN, "id": "1"}), forged)


def test_a_text_by_sns_is_an_event_of_its_topic() -> None:
    found = open_(notification("the disk is full", Subject="Disk", Timestamp="2026-11-22T01:00:00.000Z"))
    assert (found.source, found.kind, found.key) == ("aws.sns", "SNS Message", "event/m-1")
    assert (found.account, found.region, found.resources) == ("prod", "ap-northeast-1", (TOPIC,))
    assert found.detail == {"topic": TOPIC, "subject": "Disk", "message": "the disk is full"}


def test_a_topic_of_a_stranger_is_foreign_though_sns_signs_for_it_too() -> None:
    theirs = TOPIC.replace("222222222222", "999999999999")
    for message in ("x", {**KNOWN, "id": "1"}, {"AlarmName": "x"}, {"anomalyId": "1"}):
        with pytest.raises(Foreign):
            open_(notification(message, TopicArn=theirs))


@pytest.mark.parametrize("message", ["new ranges", json.dumps({**KNOWN, "source": "aws.health"})])
def test_a_topic_of_others_that_the_config_names_is_heard_and_can_be_nothing_but_a_text(message: str) -> None:
    """As AWS's own: "AWS IP address ranges notifications" (Amazon VPC user guide)."""
    theirs = "arn:aws:sns:us-east-1:806199016981:AmazonIpSpaceChanged"
    said = json.dumps(notification(message, TopicArn=theirs))
    checked: list[str] = []
    found = opened(
        said, replace(HOME, topics=[theirs]), CAME, lambda one: checked.append(str(one["TopicArn"]))
    )
    assert checked == [theirs]
    assert (found.account, found.region, found.source) == (HOME.account, "us-east-1", "aws.sns")
    assert found.detail == {"topic": theirs, "subject": "", "message": message}


@pytest.mark.parametrize("topic", ["", "x", "a:b:c", None, 7, ["x"]])
def test_a_topic_that_is_none_is_foreign(topic: Any) -> None:
    with pytest.raises(Foreign):
        open_(notification("x", TopicArn=topic))


def test_a_topic_that_asks_for_confirmation_gets_none_and_its_address_is_not_shown() -> None:
    said = why(
        {
            "Type": "SubscriptionConfirmation",
            "TopicArn": TOPIC,
            "Token": "2336412f37",
            "SubscribeURL": "https://sns.ap-northeast-1.amazonaws.com/?Action=ConfirmSubscription",
        }
    )
    assert said == f"the topic {TOPIC} asks to confirm a subscription"


# -- what is none ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "x", "[]", "null", "7", '"x"', "{", "[" * 5000, "9" * 5000])
def test_what_is_no_object_is_quoted(text: str) -> None:
    assert why(text).startswith(f"it is no JSON object: {text[:10]}")
    assert len(why(text)) < 450


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"source": "x"},
        {"detail-type": "x"},
        {"source": [], "detail-type": "x"},
        {"source": "", "detail-type": "x"},
        {"source": "x", "detail-type": {"a": 1}},
        {"Type": "Notification"},
    ],
)
def test_what_says_neither_who_nor_what_is_no_event(said: Any) -> None:
    assert why(said).startswith("it is no event that AWS sends: {")


def test_a_secret_is_not_quoted() -> None:
    assert "AKIA" not in why({"key": "AKIAIOSFODNN7EXAMPLE"})


def nested(levels: int, inner: Any = 1) -> Any:
    for _ in range(levels):
        inner = {"a": [inner]}
    return inner


def test_what_is_nested_too_deeply_is_not_read() -> None:
    assert open_({**KNOWN, "detail": nested(10)}).detail
    assert why(json.dumps({**KNOWN, "detail": nested(300)})).startswith("it is no JSON object")


def test_what_no_database_and_no_message_can_hold_is_replaced() -> None:
    detail = r'{"\udfff": [1e400, NaN, "\ud83d\udd25"]}'
    found = open_(r'{"source": "x", "detail-type": "y", "id": "\ud800", "detail": ' + detail + "}")
    assert found.key == "event/\ufffd"
    assert found.detail == {"\ufffd": ["inf", "nan", "🔥"]}
    json.dumps(found.envelope, ensure_ascii=False).encode()
