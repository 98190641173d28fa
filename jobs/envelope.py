"""A message of the queue as an event: unwrapped, checked, in EventBridge's shape.  Pure but for the check.

What comes by SNS is unwrapped: CloudWatch's alarms get the shape that EventBridge gives them, so that one
that comes by both ways is one event.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.event import KEY, Event
from bot.words import Words, words

Check = Callable[[Mapping[str, Any]], None]
"""Raises Forged for a notification that SNS has not signed, and OSError when nobody can know."""
ALARM = "CloudWatch Alarm State Change"
_LONGEST = 400  # characters of a text that is quoted


class Unreadable(Exception):
    """Nobody can make an event of it; `said` tells why."""

    def __init__(self, said: Words) -> None:
        super().__init__(str(said))
        self.said = said


class Foreign(Unreadable):
    """It is of an account that the config does not name."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a message came from: the queue's own account and region, and the accounts that are ours."""

    account: str  # its name in the config
    region: str
    names: Mapping[str, str]  # twelve digits -> the name in the config


def opened(body: str, home: Home, came: datetime, check: Check) -> Event:
    """The event in a message.  Raises Unreadable, Foreign, and what `check` raises."""
    said = _object(body)
    if said.get("Type") == "Notification" and "TopicArn" in said:
        check(said)
        said = _of_sns(said)
    elif "AlarmName" in said:  # a topic that delivers its messages raw
        said = _alarm(said)
    if "detail-type" not in said or "source" not in said:
        raise Unreadable(words("it is no event that AWS sends: {text}", text=body[:_LONGEST]))
    return event(said, home, came, body)


def event(envelope: Mapping[str, Any], home: Home, came: datetime, body: str = "") -> Event:
    """An envelope as an event.  Raises Foreign for one of an account that is not ours."""
    digits = str(envelope.get("account") or "")
    if digits and digits not in home.names:
        raise Foreign(words("it is of account {account}, which the config does not name", account=digits))
    at = _moment(envelope.get("time")) or came
    return Event(
        key=_key(envelope, body or json.dumps(envelope, sort_keys=True, default=str)),
        account=home.names.get(digits, home.account),
        region=str(envelope.get("region") or home.region),
        at=min(at, came),  # a clock that is ahead must not make all that follows late
        envelope=envelope,
    )


def _object(body: str) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, Mapping):
        raise Unreadable(words("it is no JSON object: {text}", text=body[:_LONGEST]))
    return said


# -- by SNS -------------------------------------------------------------------------------------------------


def _of_sns(notification: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a notification carries."""
    text = str(notification.get("Message", ""))
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if isinstance(said, Mapping):
        if "detail-type" in said and "source" in said:
            return said
        if "AlarmName" in said:
            return _alarm(said)
        if "anomalyId" in said:
            return _told(notification, "aws.ce", "Anomaly Detected", said)
    subject = str(notification.get("Subject") or "")
    detail = {"topic": str(notification["TopicArn"]), "subject": subject, "message": text}
    if subject.startswith("AWS Budgets"):
        return _told(notification, "aws.budgets", "Budget Notification", detail)
    return _told(notification, "aws.sns", "SNS Message", detail)


def _told(
    notification: Mapping[str, Any], source: str, kind: str, detail: Mapping[str, Any]
) -> dict[str, Any]:
    topic = str(notification["TopicArn"])
    parts = topic.split(":")
    return {
        "id": str(notification.get("MessageId", "")),
        "detail-type": kind,
        "source": source,
        "account": parts[4] if len(parts) == 6 else "",
        "region": parts[3] if len(parts) == 6 else "",
        "time": notification.get("Timestamp"),
        "resources": [topic],
        "detail": dict(detail),
    }


def _alarm(said: Mapping[str, Any]) -> dict[str, Any]:
    """An alarm as a topic gets it, in the shape of its event ("Alarm events and EventBridge", CloudWatch)."""
    arn = str(said.get("AlarmArn", ""))
    at = said.get("StateChangeTime")
    state = {"value": said.get("NewStateValue"), "reason": said.get("NewStateReason"), "timestamp": at}
    return {
        "detail-type": ALARM,
        "source": "aws.cloudwatch",
        "account": str(said.get("AWSAccountId") or ""),
        "region": arn.split(":")[3] if arn.count(":") >= 5 else "",
        "time": at,
        "resources": [arn],
        "detail": {
            "alarmName": said.get("AlarmName"),
            "state": state,
            "previousState": {"value": said.get("OldStateValue")},
            "configuration": {"description": said.get("AlarmDescription"), "trigger": said.get("Trigger")},
        },
    }


# -- keys and moments ---------------------------------------------------------------------------------------


def _key(envelope: Mapping[str, Any], body: str) -> str:
    """The same for every delivery of an event, and for none other."""
    detail = envelope.get("detail")
    known = detail if isinstance(detail, Mapping) else {}
    kind, state = envelope.get("detail-type"), known.get("state")
    named = envelope.get("resources")
    first = str(named[0]) if isinstance(named, list) and named else ""
    if kind == ALARM and first and isinstance(state, Mapping) and _moment(state.get("timestamp")):
        at = _moment(state["timestamp"])
        return _short(f"alarm/{first}/{at:%Y-%m-%dT%H:%M:%S.%f}/{state.get('value')}")
    if known.get("eventArn") and known.get("communicationId"):
        return _short(f"health/{known['eventArn']}/{known['communicationId']}")
    if known.get("eventID"):
        return _short(f"trail/{known['eventID']}")
    if envelope.get("id"):
        return _short(f"event/{envelope['id']}")
    return f"body/{hashlib.sha256(body.encode()).hexdigest()}"


def _short(key: str) -> str:
    return key if len(key) <= KEY else f"{key[: KEY - 65]}/{hashlib.sha256(key.encode()).hexdigest()}"


def _moment(said: object) -> datetime | None:
    """A moment as AWS writes it: 2026-11-30T12:00:00Z, or with +0000 behind; None for what is none."""
    if not isinstance(said, str):
        return None
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
