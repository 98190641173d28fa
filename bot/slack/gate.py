"""What comes by HTTP before Bolt sees it: only what Slack signed, a moment ago, and once.

Verified here and not by Bolt alone, which logs whole requests that it refuses, and reads a body before it
knows whose it is.  Sources: "Verifying requests from Slack", "Using the Slack Events API", "Implementing
slash commands" (ssl_check), Slack.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_sdk.signature import SignatureVerifier

from bot.config.http import PATH
from bot.courtesy import Courtesy
from bot.slack.once import Once
from bot.slack.prompt import Took

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger("toban.slack")
CAME = "toban.came"  # when the request was whole, by `time.monotonic`; the server says so
SAY_EVERY = 60.0  # seconds between two lines about what was refused: strangers must not fill a disk


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a request."""

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


NOT_HERE = Answer(404, f"Slack posts to {PATH}\n")
ONLY_POST = Answer(405, f"Slack posts to {PATH}\n")
UNREADABLE = Answer(400, "a request of Slack's is UTF-8\n")
UNSIGNED = Answer(401, "the signature is missing, wrong, too old, or was used before\n")
SHUT = Answer(503, "toban takes nothing at the moment\n")
BROKEN = Answer(500, "toban made a mistake here; its log tells more\n")


class Refused:
    """Says now and then how many requests were not let in; never what stood in them."""

    def __init__(self, every: float = SAY_EVERY) -> None:
        """`every` is in seconds."""
        self._every = every
        self._lock = threading.Lock()
        self._count, self._next = 0, 0.0

    def one_more(self) -> None:
        """One was refused."""
        with self._lock:
            self._count += 1
            now = time.monotonic()
            if now < self._next:
                return
            count, self._count, self._next = self._count, 0, now + self._every
        log.warning(
            "requests that Slack did not sign, or not a moment ago, were refused (%d); if they are Slack's,"
            " SLACK_SIGNING_SECRET is another app's, or a clock is wrong",
            count,
            extra={"action": "slack.unsigned"},
        )


@dataclass(slots=True)
class Gate:
    """Lets Slack's requests in, one after the other in each thread of a server."""

    dispatch: Callable[[BoltRequest], BoltResponse]
    secret: str
    courtesy: Courtesy
    took: Took | None = None
    is_open: threading.Event = field(default_factory=threading.Event)
    once: Once = field(default_factory=Once)
    refused: Refused = field(default_factory=Refused)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        answer = self._answer(environ)
        content = answer.body.encode()
        headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(content)))]
        if answer is ONLY_POST:
            headers.append(("Allow", "POST"))
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [content]

    def _answer(self, environ: "WSGIEnvironment") -> Answer:
        if environ.get("PATH_INFO") != PATH:
            return NOT_HERE
        if environ.get("REQUEST_METHOD") != "POST":
            return ONLY_POST
        try:
            body = environ["wsgi.input"].read().decode()
        except UnicodeDecodeError:
            return UNREADABLE
        if _looks_at_tls(environ, body):
            return Answer(200)
        signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        if not self._is_slacks(body, environ, signature) or not self.once.is_first(signature):
            self.refused.one_more()
            return UNSIGNED
        answer = self._taken(environ, body)
        if answer.status >= 300:
            self.once.forget(signature)
        return answer

    def _is_slacks(self, body: str, environ: "WSGIEnvironment", signature: str) -> bool:
        at = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
        if not (at.isascii() and at.isdigit() and len(at) <= 12 and signature.isascii()):
            return False
        return SignatureVerifier(self.secret).is_valid(body, at, signature)

    def _taken(self, environ: "WSGIEnvironment", body: str) -> Answer:
        if challenge := _challenge(environ, body):
            return Answer(200, json.dumps({"challenge": challenge}), "application/json")
        if not self.is_open.is_set():
            return SHUT
        with self.courtesy.delivery():
            answer = self._dispatched(environ, body)
        if self.took is not None:
            self.took(time.monotonic() - environ.get(CAME, time.monotonic()))
        return answer

    def _dispatched(self, environ: "WSGIEnvironment", body: str) -> Answer:
        headers = WsgiHttpRequest(environ).get_headers()
        query = str(environ.get("QUERY_STRING", ""))
        try:
            said = self.dispatch(BoltRequest(body=body, query=query, headers=headers))
        except Exception:  # the edge of a request: Slack must hear that it was not taken
            log.exception("a delivery failed", extra={"action": "slack.delivery-failed"})
            return BROKEN
        kind = next(iter(said.headers.get("content-type", [])), Answer(0).content_type)
        return Answer(said.status, said.body, kind)


def _is_form(environ: "WSGIEnvironment") -> bool:
    return str(environ.get("CONTENT_TYPE", "")).startswith("application/x-www-form-urlencoded")


def _looks_at_tls(environ: "WSGIEnvironment", body: str) -> bool:
    """Slack looks now and then whether the certificate is good; nothing else stands in such a request."""
    return _is_form(environ) and "ssl_check=1" in body.split("&") and len(body) < 1000 and not _asks(body)


def _asks(body: str) -> bool:
    return bool({"command", "payload", "text", "trigger_id"} & parse_qs(body).keys())


def _challenge(environ: "WSGIEnvironment", body: str) -> str:
    """What Slack wants to hear when somebody enters the address; "" for all other requests."""
    if _is_form(environ):
        return ""
    try:
        said: Any = json.loads(body)
    except ValueError:
        return ""
    is_one = isinstance(said, dict) and said.get("type") == "url_verification"
    return str(said.get("challenge") or "") if is_one else ""
