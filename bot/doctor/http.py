"""Slack by HTTP: the public address leads to a toban that has our secret."""

from collections.abc import Iterator

from bot.config.http import Http
from bot.doctor.finding import Finding, Says
from bot.doctor.patient import SECONDS
from bot.slack.knock import Answered, NobodyThere, knock

NAME = "slack http"
_SAYS = Says(NAME)
BEHIND = (502, 503, 504)
"""What a proxy says when nobody answers it."""


def look(http: Http, secret: str) -> Iterator[Finding]:
    """Ask there as Slack asks, with a request that changes nothing."""
    where = http.request_url
    try:
        knock(where, secret, SECONDS)
        yield _SAYS.ok(f"{where} answers, and takes what is signed with the Signing Secret.")
    except NobodyThere as error:
        yield _SAYS.warning(
            f"Nobody answers at {where} ({error}).",
            f"Start `toban run`, let the proxy hand the address on to {http.listen}, and ask again.",
        )
    except Answered as error:
        yield _answered(where, http, error.status)


def _answered(where: str, http: Http, status: int) -> Finding:
    if status in BEHIND:
        return _SAYS.warning(
            f"A proxy answers at {where}, and behind it no toban (HTTP {status}).",
            f"Start `toban run`; then see whether the proxy reaches {http.listen}.",
        )
    if status == 401:
        return _SAYS.failed(
            f"{where} does not take what is signed with this Signing Secret (HTTP 401).",
            "Give the toban that runs there the same SLACK_SIGNING_SECRET (the app's page Basic Information),"
            " and let the proxy leave bodies and the headers X-Slack-… as they are.",
        )
    return _SAYS.failed(
        f"Something else than toban answers at {where} (HTTP {status}).",
        f"Let the proxy hand exactly this path on to {http.listen}, and correct [http] url if it is another.",
    )
