"""What the outbox needs of Slack, and the few ways Slack says no.

* SlackSaysNo
  x Busy      asked to come back later; certainly not done
  x Away      no answer, or a broken one; may or may not be done
  x Refused   a clear no, with Slack's own code; not done
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from bot.plan import File
from bot.views.message import Message

Mark: TypeAlias = Mapping[str, str]
"""What a message carries unseen, so that it can be found again."""


class SlackSaysNo(Exception):
    """Slack did not do what it was asked.  The text is fit for a log: no token, no url, nobody's words."""


class Busy(SlackSaysNo):
    """Slack asks for patience (429)."""

    def __init__(self, retry_after: float) -> None:
        """So many seconds of it."""
        super().__init__(f"busy for {retry_after:g} s")
        self.retry_after = retry_after


class Away(SlackSaysNo):
    """5xx, a timeout, a refused or broken connection: it may or may not be done."""


class Refused(SlackSaysNo):
    """Slack's own error code, such as channel_not_found."""

    def __init__(self, code: str, details: Sequence[str] = ()) -> None:
        """With the code of "Errors" on the method's page, and what else Slack said of it."""
        super().__init__(code)
        self.code = code
        self._details = tuple(details)

    def names(self, part: str) -> bool:
        """Whether Slack named this part of a message as what it refuses."""
        return any(part in detail for detail in self._details)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message stands."""

    channel: str
    thread: str = ""  # ts of the thread's first message; "" is the channel itself


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as a file."""

    name: str
    png: bytes
    alt: str  # what it shows, in words


class Post(Protocol):
    """Slack, as far as messages go.  Every call raises Busy, Away or Refused."""

    def post(self, spot: Spot, message: Message, mark: Mark) -> str:
        """Say it for everybody there; returns the message's ts."""

    def edit(self, channel: str, ts: str, message: Message, mark: Mark) -> None:
        """Put this in the place of a message of our own."""

    def ephemeral(self, spot: Spot, person: str, message: Message) -> None:
        """Say it to one person in a channel."""

    def respond(self, url: str, message: Message) -> None:
        """Say it to the person a response_url was made for."""

    def open_dm(self, person: str) -> str:
        """The channel of the direct messages with a person."""

    def upload(self, spot: Spot, file: File) -> str:
        """Share a text file; returns the file's id."""

    def upload_picture(self, spot: Spot | None, image: Image) -> str:
        """Share a picture, or only have it at Slack (None); returns the file's id."""

    def find_by_metadata(self, spot: Spot, mark: Mark, since: datetime) -> str:
        """The ts of the message that carries this mark, or ""."""

    def find_file(self, spot: Spot, name: str, since: datetime) -> str:
        """The ts of the message that shares a file of this name, or ""."""
