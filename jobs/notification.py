"""What a topic of SNS tells, in EventBridge's shape.  Pure.

An alarm of CloudWatch's gets the shape that EventBridge gives it, so that one that comes by both ways is one
event.
"""

from collections.abc import Mapping
from typing import Any

from jobs.loading import loaded

ALARM = "CloudWatch Alarm State Change"


def unwrapped(notification: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a notification carries, in the shape of an event."""
    text = str(notification.get("Message", ""))
    said = loaded(text)
    if isinstance(said, Mapping):
        if "detail-type" in said and "source" in said:
            return said
        if "AlarmName" in said:
            return alarm(said)
        if "anomalyId" in said:
            return _told(notification, "aws.ce", "Anomaly Detected", said)
    if str(notification.get("Subject") or "").startswith("AWS Budgets"):
        return _told(notification, "aws.budgets", "Budget Notification", _parts(notification))
    return written(notification, account=part(topic_of(notification), 4))


def written(notification: Mapping[str, Any], *, account: str) -> Mapping[str, Any]:
    """What somebody has written to a topic, whatever it looks like; of the queue's account for "".

    A topic of others can say nothing of an account of ours: their alarm is a text, and begins nothing.
    """
    told = _told(notification, "aws.sns", "SNS Message", _parts(notification))
    return told | {"account": account}


def _parts(notification: Mapping[str, Any]) -> dict[str, str]:
    subject, text = str(notification.get("Subject") or ""), str(notification.get("Message", ""))
    return {"topic": topic_of(notification), "subject": subject, "message": text}


def _told(
    notification: Mapping[str, Any], source: str, kind: str, detail: Mapping[str, Any]
) -> dict[str, Any]:
    topic = topic_of(notification)
    return {
        "id": str(notification.get("MessageId", "")),
        "detail-type": kind,
        "source": source,
        "account": part(topic, 4),
        "region": part(topic, 3),
        "time": notification.get("Timestamp"),
        "resources": [topic],
        "detail": dict(detail),
    }


def topic_of(notification: Mapping[str, Any]) -> str:
    """The ARN of the topic that told it."""
    return str(notification["TopicArn"])[:300]


def part(arn: str, number: int) -> str:
    """A part of an ARN; "" where it has none."""
    return "".join(arn.split(":", 6)[number : number + 1])


def alarm(said: Mapping[str, Any]) -> dict[str, Any]:
    """An alarm as a topic gets it, in the shape of its event ("Alarm events and EventBridge", CloudWatch)."""
    arn = str(said.get("AlarmArn", ""))
    at = said.get("StateChangeTime")
    state = {"value": said.get("NewStateValue"), "reason": said.get("NewStateReason"), "timestamp": at}
    return {
        "detail-type": ALARM,
        "source": "aws.cloudwatch",
        "account": str(said.get("AWSAccountId") or ""),
        "region": part(arn, 3),
        "time": at,
        "resources": [arn],
        "detail": {
            "alarmName": said.get("AlarmName"),
            "state": state,
            "previousState": {"value": said.get("OldStateValue")},
            "configuration": {"description": said.get("AlarmDescription"), "trigger": said.get("Trigger")},
        },
    }
