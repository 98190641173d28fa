"""The table ``[http]``: under which address Slack finds toban, and where on this machine that leads."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.config.environment import LOOPBACK
from bot.config.health import Listen
from bot.config.mistakes import Mistake, quoted
from bot.words import words

PATH = "/slack/events"  # Bolt's own; commands, clicks and events all come here

HERE = Listen("127.0.0.1", 3000)
"""Where nobody but this machine can ask: TLS ends before toban, in a proxy or a load balancer."""


@dataclass(frozen=True, slots=True)
class Http:
    """How Slack's requests come in."""

    url: str  # what stands before PATH, such as https://toban.example.com
    listen: Listen

    @property
    def request_url(self) -> str:
        """The address that Slack posts to."""
        return f"{self.url}{PATH}"


def read_url(value: object) -> str:
    """An https address without what comes after it; http only on this machine, where nobody listens in."""
    text = value.rstrip("/").removesuffix(PATH).rstrip("/") if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not host or not safe or parts.query or parts.fragment or "@" in parts.netloc:
        raise Mistake(
            words(
                "“{url}” is no address that Slack can post to; write one such as https://toban.example.com.",
                url=quoted(value),
            )
        )
    return text
