"""A request such as Slack sends when somebody enters an address: whether toban is there, with our secret."""

import json
import secrets
import time
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from slack_sdk.signature import SignatureVerifier


class NobodyThere(Exception):
    """Nothing answered; the message is why."""


class Answered(Exception):
    """Something answered, and not as toban does; `status` is HTTP's, `said` nothing that could be secret."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


def knock(request_url: str, secret: str, seconds: float) -> None:
    """Ask there for a challenge, signed with the secret.  Raises NobodyThere or Answered.

    Source: "url_verification event", Slack.
    """
    challenge = secrets.token_hex(16)
    body = json.dumps({"type": "url_verification", "challenge": challenge})
    at = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body) or ""
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": signature,
    }
    asking = Request(request_url, body.encode(), headers)  # noqa: S310 - https, or this machine: settings
    try:
        with urlopen(asking, timeout=seconds) as answer:  # noqa: S310 - as above
            status, said = answer.status, answer.read(10_000)
    except HTTPError as error:
        raise Answered(error.code) from None
    except (OSError, ValueError) as error:
        raise NobodyThere(_why(error)) from None
    if challenge.encode() not in said:
        raise Answered(status)


def _why(error: Exception) -> str:
    """In a few words, such as "Connection refused", or that a certificate is not good."""
    inner = error.reason if isinstance(error, URLError) else error
    if isinstance(inner, OSError):
        return inner.strerror or str(inner) or type(inner).__name__
    return type(error).__name__
