"""Signed HTTP requests: the other way to an app, without sockets.

Source: Slack's pages "Verifying requests from Slack", "The Events API" (X-Slack-Retry-Num).
"""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from playground.slack.delivery import DISPATCH_FAILED, HTTP_ERROR, OPERATION_TIMEOUT, Answer, Envelope
from playground.slack.shapes import Json, as_object
from playground.slack.wire import Wire

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
ROBOT = "Slackbot 1.0 (+https://api.slack.com/robots)"


@dataclass(frozen=True, slots=True)
class SignedHttp:
    """Posts envelopes to one url, such as http://127.0.0.1:3000/slack/events, signed with the secret."""

    url: str
    secret: str
    wire: Wire

    def deliver(self, envelope: Envelope, patience: float) -> Answer:
        """Post an envelope; the response is its acknowledgement."""
        kind, body = _body(envelope)
        headers = {
            "Content-Type": kind,
            "User-Agent": ROBOT,
            **signature(self.secret, body),
            **_retry(envelope),
        }
        self.wire.note("out", "http", envelope.kind, envelope.payload)
        started = time.monotonic()
        try:
            with urlopen(Request(self.url, body, headers), timeout=patience) as response:
                said = response.read().decode()
        except HTTPError as error:
            self.wire.note("in", "http", "refused", {"status": error.code})
            return Answer(acked=False, seconds=time.monotonic() - started, why=HTTP_ERROR)
        except TimeoutError:
            return Answer(acked=False, seconds=time.monotonic() - started, why=OPERATION_TIMEOUT)
        except (URLError, HTTPException, ConnectionError) as error:
            slow = isinstance(getattr(error, "reason", None), TimeoutError)
            why = OPERATION_TIMEOUT if slow else DISPATCH_FAILED
            return Answer(acked=False, seconds=time.monotonic() - started, why=why)
        self.wire.note("in", "http", "ack", {"body": said})
        return Answer(acked=True, seconds=time.monotonic() - started, payload=_payload(said))


def signature(secret: str, body: bytes) -> Mapping[str, str]:
    """Return the headers that prove a request came from Slack: v0, HMAC-SHA256 over time and body."""
    at = str(int(time.time()))  # the app compares it with its own clock, so no clock of ours
    signed = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={signed}"}


def _body(envelope: Envelope) -> tuple[str, bytes]:
    if envelope.kind == "events_api":
        return JSON, json.dumps(envelope.payload).encode()
    if envelope.kind == "interactive":
        return FORM, urlencode({"payload": json.dumps(envelope.payload)}).encode()
    return FORM, urlencode(envelope.payload).encode()


def _retry(envelope: Envelope) -> Mapping[str, str]:
    if not envelope.attempt:
        return {}
    reason = {"timeout": "http_timeout"}.get(envelope.reason, envelope.reason)
    return {"X-Slack-Retry-Num": str(envelope.attempt), "X-Slack-Retry-Reason": reason}


def _payload(said: str) -> Json | None:
    try:
        return as_object(json.loads(said)) or None
    except ValueError:
        return {"text": said} if said else None
