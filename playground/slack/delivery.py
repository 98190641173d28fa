"""How something gets to the app and what comes back: the seam between what people do and the transport."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import uuid4

from playground.slack.shapes import Json

OPERATION_TIMEOUT, DISPATCH_FAILED, HTTP_ERROR = "operation_timeout", "dispatch_failed", "http_error"


def _new_id() -> str:
    return str(uuid4())


@dataclass(frozen=True, slots=True)
class Envelope:
    """Something for the app: its kind is slash_commands, interactive or events_api."""

    kind: str
    payload: Json
    attempt: int = 0  # how often it was tried before
    reason: str = ""  # why it is tried again
    id: str = field(default_factory=_new_id)

    def as_slack(self) -> Json:
        """Return the envelope as it goes over a socket."""
        body: Json = {"envelope_id": self.id, "type": self.kind, "payload": self.payload}
        if self.kind == "events_api":
            return body | {
                "accepts_response_payload": False,
                "retry_attempt": self.attempt,
                "retry_reason": self.reason,
            }
        return body | {"accepts_response_payload": True}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an envelope: the acknowledgement with its payload, or why there was none."""

    acked: bool
    seconds: float
    payload: Json | None = None
    why: str = ""  # operation_timeout, dispatch_failed


class Delivery(Protocol):
    """A way to the app: Socket Mode, or signed HTTP requests."""

    def deliver(self, envelope: Envelope, patience: float) -> Answer:
        """Hand an envelope over and wait at most `patience` seconds for its acknowledgement."""
        ...
