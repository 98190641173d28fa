"""Response urls: five messages within thirty minutes.

Source: Slack's page "Handling user interaction", message responses.
"""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.slack.errors import Refusal
from playground.slack.message import Message
from playground.slack.shapes import Json
from playground.slack.workspace import Workspace

USES, LIFE = 5, timedelta(minutes=30)


@dataclass(slots=True)
class _Url:
    channel: str
    user: str
    made: datetime
    thread: str
    original: Message | None  # what replace_original and delete_original mean
    used: int = 0


class ResponseUrls:
    """The response urls that were handed out."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._urls: dict[str, _Url] = {}

    def make(self, channel: str, user: str, original: Message | None = None) -> str:
        """Return the secret end of a new response url."""
        name = f"{self._workspace.team.id}/{secrets.token_urlsafe(18)}"
        thread = original.thread_ts if original else ""
        with self._lock:
            self._urls[name] = _Url(channel, user, self._workspace.clock(), thread, original)
        return name

    def use(self, name: str, body: Json) -> None:
        """Do what was posted to a response url.

        Raises Refusal expired_url, used_url, no_text, invalid_blocks ...
        """
        url = self._usable(name)
        if body.get("delete_original"):
            if url.original is not None:
                self._workspace.messages.remove(url.original)
        else:
            self.respond(url, body)
        url.used += 1

    def respond(self, url: "_Url", body: Json) -> Message:
        """Say this where the url belongs: for one person, for the channel, or in the original's place."""
        content = self._workspace.read(body, sized=False)
        if body.get("replace_original") and url.original is not None:
            return self._workspace.replace(url.original, content)
        seen_by = "" if body.get("response_type") == "in_channel" else url.user
        thread = str(body.get("thread_ts") or url.thread)
        message = self._workspace.post(url.channel, content, thread=thread, seen_by=seen_by)
        url.original = url.original or message
        return message

    def first_word(self, name: str, body: Json) -> Message:
        """Say what came with the acknowledgement itself; it does not count as a use."""
        return self.respond(self._usable(name), body)

    def _usable(self, name: str) -> _Url:
        with self._lock:
            url = self._urls.get(name)
        if url is None or self._workspace.clock() - url.made > LIFE:
            raise Refusal("expired_url")
        if url.used >= USES:
            raise Refusal("used_url")
        return url
