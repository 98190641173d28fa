"""What became of every request to AWS: logged with AWS's own id of it, and told to whoever counts.

Each attempt counts, also those that botocore makes by itself: each has an id, and takes a token.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aws.codes import Meaning, meaning
from aws.trace import Events

log = logging.getLogger("toban.aws")
_READS = ("Describe", "Get", "List", "Lookup", "Receive", "Simulate", "AssumeRole")
_ROUTINE = ("sqs",)  # a queue is emptied all day long
_MEANT = {Meaning.THROTTLED: "throttled", Meaning.UNCLEAR: "failed", Meaning.DENIED: "denied"}


class Became(StrEnum):
    """What became of a request."""

    OK = "ok"
    THROTTLED = "throttled"  # AWS asks for patience
    DENIED = "denied"
    REFUSED = "refused"  # AWS understood and said no
    FAILED = "failed"  # AWS broke down midway
    UNANSWERED = "unanswered"  # no line, or a cut one


@dataclass(frozen=True, slots=True)
class Request:
    """One request to AWS, after its end."""

    service: str  # botocore's own hyphenated name, such as "ec2" or "auto-scaling"
    call: str  # such as "StartInstances"
    became: Became


Tell = Callable[[Request], None]


def register(events: Events, tell: Tell | None) -> None:
    """Tell of every request of the clients that are made from these events afterwards."""

    def note(
        event_name: str,
        context: Mapping[str, Any],
        exception: Exception | None,
        parsed_response: Mapping[str, Any] | None,
        **_: object,
    ) -> None:
        service, call = event_name.split(".")[1:3]
        answer = parsed_response or {}
        became = Became.UNANSWERED if exception is not None else _became(answer)
        if tell is not None:
            tell(Request(service, call, became))
        _log(service, call, became, answer, str(context.get("client_region", "")))

    events.register("response-received", note)


def _became(answer: Mapping[str, Any]) -> Became:
    """What an answer says.  Pure."""
    error, status = answer.get("Error", {}), answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if not error and status < 300:
        return Became.OK
    return Became(_MEANT.get(meaning(error.get("Code", ""), status, error.get("Message", "")), "refused"))


def _log(service: str, call: str, became: Became, answer: Mapping[str, Any], region: str) -> None:
    """Reads are for who looks closely.  No parameter is logged, nor AWS's message: it may quote anything."""
    usual = call.startswith(_READS) or service in _ROUTINE
    level = logging.DEBUG if usual else logging.INFO
    if not log.isEnabledFor(level):
        return
    ids = {"call": f"{service}:{call}", "region": region, "became": str(became)}
    if request_id := answer.get("ResponseMetadata", {}).get("RequestId"):
        ids["request_id"] = request_id
    if code := answer.get("Error", {}).get("Code"):
        ids["code"] = code
    log.log(level, "%s %s: %s", service, call, became, extra={"action": "aws.answered", **ids})
