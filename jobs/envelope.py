"""A message of the queue as an event: unwrapped, checked, in EventBridge's shape.  Pure but for the check.

What comes by SNS is unwrapped: CloudWatch's alarms get the shape that EventBridge gives them, so that one
that comes by both ways is one event.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.event import KEY, Event
from bot.words import Words, words
from jobs.loading import loaded, quoted
from jobs.notification import ALARM, alarm, part, topic_of, unwrapped, written

Check = Callable[[Mapping[str, Any]], None]
"""Raises Forged for a notification that SNS has not signed, and OSError when nobody can know."""
TRAIL = "via CloudTrail"  # how CloudTrail's kinds of events end
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-[0-9]{1,2}")


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
    topics: Collection[str] = ()  # ARNs of others' topics whose texts are told all the same


def opened(body: str, home: Home, came: datetime, check: Check) -> Event:
    """The event in a message.  Raises Unreadable, Foreign, and what `check` raises."""
    said = loaded(body)
    if not isinstance(said, Mapping):
        raise Unreadable(words("it is no JSON object: {text}", text=quoted(body)))
    if "TopicArn" in said and said.get("Type") == "SubscriptionConfirmation":
        raise Unreadable(words("the topic {topic} asks to confirm a subscription", topic=topic_of(said)))
    if "TopicArn" in said and said.get("Type") == "Notification":
        theirs = _must_be_heard(topic_of(said), home)  # SNS signs for everybody, also for strangers
        check(said)
        said = written(said, account="") if theirs else unwrapped(said)
    elif "AlarmName" in said:  # a topic that delivers its messages raw
        said = alarm(said)
    if not all(isinstance(said.get(name), str) and said[name] for name in ("detail-type", "source")):
        raise Unreadable(words("it is no event that AWS sends: {text}", text=quoted(body)))
    return event(said, home, came, body)


def event(envelope: Mapping[str, Any], home: Home, came: datetime, body: str = "") -> Event:
    """An envelope as an event.  Raises Foreign for one of an account that is not ours."""
    digits = str(envelope.get("account") or "")
    if digits:
        _must_be_ours(digits, home)
    region = str(envelope.get("region") or "")
    return Event(
        key=_key(envelope, body or json.dumps(envelope, sort_keys=True, default=str)),
        account=home.names.get(digits, home.account),
        region=region if _REGION.fullmatch(region) else home.region,
        at=min(_at(envelope) or came, came),  # a clock that is ahead must not make all that follows late
        envelope=envelope,
    )


def _must_be_ours(digits: str, home: Home) -> None:
    if digits not in home.names:
        raise Foreign(
            words("it is of account {account}, which the config does not name", account=digits[:60] or "?")
        )


def _must_be_heard(topic: str, home: Home) -> bool:
    """Whether a topic is another's that the config names.  Raises Foreign for one of strangers."""
    if part(topic, 4) in home.names:
        return False
    if topic in home.topics:
        return True
    raise Foreign(
        words("it is of the topic {topic}, of an account that the config does not name", topic=topic[:300])
    )


# -- keys and moments ---------------------------------------------------------------------------------------


def _key(envelope: Mapping[str, Any], body: str) -> str:
    """The same for every delivery of an event, and for none other.

    Health sends long lists in pages, and one event's ARN to many accounts ("Reference: AWS Health events
    Amazon EventBridge schema").
    """
    known, kind = _detail(envelope), envelope["detail-type"]
    named, state = envelope.get("resources"), known.get("state")
    first = str(named[0]) if isinstance(named, list) and named else ""
    if first and isinstance(state, Mapping) and (at := _of_alarm(envelope)):
        return _short(f"alarm/{first}/{at:%Y-%m-%dT%H:%M:%S.%f}/{state.get('value')}")
    if known.get("eventArn") and known.get("communicationId"):
        whose = f"{known.get('affectedAccount') or envelope.get('account') or ''}/{known.get('page') or '1'}"
        return _short(f"health/{known['eventArn']}/{known['communicationId']}/{whose}")
    if known.get("eventID") and kind.endswith(TRAIL):
        return _short(f"trail/{known['eventID']}")
    if envelope.get("id"):
        return _short(f"event/{envelope['id']}")
    return f"body/{hashlib.sha256(body.encode(errors='replace')).hexdigest()}"


def _at(envelope: Mapping[str, Any]) -> datetime | None:
    """When it happened; of an alarm to the millisecond, as a topic says it too."""
    return _of_alarm(envelope) or _moment(envelope.get("time"))


def _of_alarm(envelope: Mapping[str, Any]) -> datetime | None:
    """When an alarm changed its state; None for any other event."""
    state = _detail(envelope).get("state")
    if envelope.get("detail-type") != ALARM or not isinstance(state, Mapping):
        return None
    return _moment(state.get("timestamp"))


def _detail(envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    detail = envelope.get("detail")
    return detail if isinstance(detail, Mapping) else {}


def _short(key: str) -> str:
    return key if len(key) <= KEY else f"{key[: KEY - 65]}/{hashlib.sha256(key.encode()).hexdigest()}"


def _moment(said: object) -> datetime | None:
    """A moment as AWS writes it: 2026-11-30T12:00:00Z, or with +0000 behind; None for what is none."""
    if not isinstance(said, str):
        return None
    try:
        at = datetime.fromisoformat(said)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
