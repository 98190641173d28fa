"""What AWS has to say: an event in EventBridge's shape, whatever way it came.

A leaf of bot/: it imports no other part of bot/.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KEY = 300  # characters of a key


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of SQS's, in which AWS leaves what it has to say."""

    name: str
    account: str  # its name in the config
    region: str
    url: str
    dead_letters: str = ""  # the queue of what was received too often; "": none is looked at
    topics: tuple[str, ...] = ()  # ARNs of others' topics whose texts are told all the same


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Its envelope is that of "Events in Amazon EventBridge" (EventBridge user guide): version, id, detail-type,
    source, account, time, region, resources, detail; patterns are held against it.
    """

    key: str  # the same for every delivery of it; the database refuses the second
    account: str  # its name in the config
    region: str
    at: datetime  # when AWS says it happened
    envelope: Mapping[str, Any]

    @property
    def source(self) -> str:
        """Who says it, such as aws.cloudwatch."""
        return str(self.envelope.get("source", ""))

    @property
    def kind(self) -> str:
        """EventBridge's detail-type, such as "CloudWatch Alarm State Change"."""
        return str(self.envelope.get("detail-type", ""))

    @property
    def detail(self) -> Mapping[str, Any]:
        """What the event is about; empty when that is no object."""
        detail = self.envelope.get("detail")
        return detail if isinstance(detail, Mapping) else {}

    @property
    def resources(self) -> tuple[str, ...]:
        """The ARNs that EventBridge names."""
        named = self.envelope.get("resources")
        return tuple(one for one in named if isinstance(one, str)) if isinstance(named, list | tuple) else ()
