"""Messages over slack_sdk's WebClient; its exceptions become Busy, Away and Refused.

Nothing here waits or repeats: the outbox does.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.outbox.post import Away, Busy, Image, Mark, Refused, Spot
from bot.plan import File
from bot.views.message import Message

EVENT = "toban"  # metadata's event_type
PAGE = 200  # messages a page ("conversations.history", Slack)
ALT = 1000  # characters of a file's description ("files.getUploadURLExternal", Slack)
PATIENCE = 10  # seconds until a call counts as unanswered
WAIT = 1.0  # seconds, when a 429 does not say
UNCERTAIN = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
"""Codes after which "some aspect of the operation" may have succeeded ("Errors", chat.postMessage)."""
RATES = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
ANSWERS = ("expired_url", "used_url", "invalid_blocks_format", "invalid_blocks", "no_text", "invalid_payload")
"""What a response_url may say, somewhere in its answer."""

_quiet = logging.getLogger("toban.slack.respond")
"""slack_sdk logs a response_url at DEBUG, and whoever reads it may write as us."""


@dataclass(frozen=True, slots=True)
class SlackPost:
    """The `Post` of `bot.outbox` over one workspace."""

    web: WebClient
    patience: float = PATIENCE  # seconds, for response_urls

    @classmethod
    def connect(cls, token: str, api_url: str, patience: int = PATIENCE) -> "SlackPost":
        """A client of its own, without slack_sdk's retry handlers: they would sleep in our threads."""
        return cls(WebClient(token, base_url=api_url, timeout=patience, retry_handlers=[]), patience)

    def post(self, spot: Spot, message: Message, mark: Mark) -> str:
        """Say it for everybody there; returns the message's ts."""
        with _translated():
            said = self.web.chat_postMessage(
                channel=spot.channel,
                thread_ts=spot.thread or None,
                text=message.text,
                blocks=list(message.blocks) or None,
                metadata=_metadata(mark),
                unfurl_links=False,
                unfurl_media=False,
            )
        return str(said["ts"])

    def edit(self, channel: str, ts: str, message: Message, mark: Mark) -> None:
        """Put this in the place of a message of our own; empty blocks take the old ones away."""
        with _translated():
            self.web.chat_update(
                channel=channel,
                ts=ts,
                text=message.text,
                blocks=list(message.blocks),
                metadata=_metadata(mark),
            )

    def ephemeral(self, spot: Spot, person: str, message: Message) -> None:
        """Say it to one person in a channel."""
        with _translated():
            self.web.chat_postEphemeral(
                channel=spot.channel,
                user=person,
                thread_ts=spot.thread or None,
                text=message.text,
                blocks=list(message.blocks) or None,
            )

    def respond(self, url: str, message: Message) -> None:
        """Say it to the person a response_url was made for; never in the place of the clicked message."""
        _quiet.setLevel(max(_quiet.level, logging.INFO))
        hook = WebhookClient(url, timeout=self.patience, logger=_quiet, retry_handlers=[])  # type: ignore[arg-type] # a timeout may be a fraction
        with _translated():
            _check_answer(_sent(hook, message))

    def open_dm(self, person: str) -> str:
        """The channel of the direct messages with a person."""
        with _translated():
            opened = self.web.conversations_open(users=person)
        return str(opened["channel"]["id"])

    def upload(self, spot: Spot, file: File) -> str:
        """Share a text file; returns the file's id."""
        with _translated():
            done = self.web.files_upload_v2(
                filename=file.name,
                title=file.name,
                content=file.text or "\n",  # Slack refuses an empty file
                channel=spot.channel,
                thread_ts=spot.thread or None,
            )
        return str(done["files"][0]["id"])

    def upload_picture(self, spot: Spot | None, image: Image) -> str:
        """Share a picture, or only have it at Slack (None); returns the file's id."""
        where = spot or Spot("")
        with _translated():
            done = self.web.files_upload_v2(
                filename=image.name,
                title=image.name,
                content=image.png,
                alt_txt=image.alt[:ALT] or None,
                channel=where.channel or None,
                thread_ts=where.thread or None,
            )
        return str(done["files"][0]["id"])

    def find_by_metadata(self, spot: Spot, mark: Mark, since: datetime) -> str:
        """The ts of the message that carries this mark, or ""."""
        return self._find(spot, since, lambda said: _carries(said, mark))

    def find_file(self, spot: Spot, name: str, since: datetime) -> str:
        """The ts of the message that shares a file of this name, or ""."""
        return self._find(
            spot, since, lambda said: any(file.get("name") == name for file in said.get("files", ()))
        )

    def _find(self, spot: Spot, since: datetime, wanted: Callable[[Mapping[str, Any]], bool]) -> str:
        with _translated():
            for page in self._said(spot, f"{since.timestamp():.6f}"):
                for said in page["messages"]:
                    if wanted(said):
                        return str(said["ts"])
        return ""

    def _said(self, spot: Spot, oldest: str) -> Iterator[SlackResponse]:
        """Pages of what was said there since then."""
        asked: dict[str, Any] = {"channel": spot.channel, "oldest": oldest, "limit": PAGE}
        asked["include_all_metadata"] = True
        while True:
            if spot.thread:
                page = self.web.conversations_replies(ts=spot.thread, **asked)
            else:
                page = self.web.conversations_history(**asked)
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            asked["cursor"] = cursor


def _sent(hook: WebhookClient, message: Message) -> WebhookResponse:
    try:
        return hook.send(
            text=message.text,
            blocks=list(message.blocks) or None,
            response_type="ephemeral",
            replace_original=False,
        )
    except ValueError:  # it is no address, and the message would quote it
        raise Refused("response_url_gone") from None


def _metadata(mark: Mark) -> dict[str, object]:
    return {"event_type": EVENT, "event_payload": dict(mark)}


def _carries(said: Mapping[str, Any], mark: Mark) -> bool:
    metadata = said.get("metadata") or {}
    return metadata.get("event_type") == EVENT and metadata.get("event_payload") == dict(mark)


@contextmanager
def _translated() -> Iterator[None]:
    """slack_sdk's exceptions as ours; what they say may hold urls, so only codes and kinds are kept."""
    try:
        yield
    except SlackApiError as error:
        raise _no(error.response) from None
    except HTTPError as error:  # of an upload url, which slack_sdk lets through
        error.close()
        raise _status(error.code, error.headers.get("Retry-After"), "upload_refused") from None
    except (OSError, HTTPException, SlackRequestError) as error:
        raise Away(type(error).__name__) from None


def _no(response: SlackResponse) -> Busy | Away | Refused:
    code = str(response.get("error", ""))
    if response.status_code != 200:
        return _status(response.status_code, _retry_after(response.headers), code)
    if code in RATES:
        return Busy(WAIT)
    if code in UNCERTAIN or not code.replace("_", "").isalnum():  # a page instead of JSON, for example
        return Away(code[:40] or "no code")
    return Refused(code, _details(response))


def _details(response: SlackResponse) -> list[str]:
    """What Slack says of each part that it refuses, such as "invalid slack file [json-pointer:/blocks/0]"."""
    said = response.get("errors") or (response.get("response_metadata") or {}).get("messages")
    return [str(each) for each in said] if isinstance(said, list) else []


def _status(
    status: int, retry_after: str | None, code: str, details: Sequence[str] = ()
) -> Busy | Away | Refused:
    if status == 429:
        try:
            return Busy(max(0.0, float(retry_after or WAIT)))
        except ValueError:
            return Busy(WAIT)
    return Away(f"HTTP {status}") if status >= 500 else Refused(code, details)


def _retry_after(headers: Mapping[str, Any]) -> str | None:
    value = {name.lower(): value for name, value in headers.items()}.get("retry-after")
    return value[0] if isinstance(value, list) else value


def _check_answer(answer: WebhookResponse) -> None:
    """A response_url answers "ok", or JSON with an error, mostly with status 404 when it is used up."""
    if answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", ""):
        return
    gone = answer.status_code in {404, 410}
    otherwise = "response_url_gone" if gone else "refused"
    code = next((code for code in ANSWERS if code in answer.body), otherwise)
    if answer.status_code == 200:
        raise Refused(code, [answer.body])
    raise _status(answer.status_code, _retry_after(answer.headers), code, [answer.body])
