"""Files that were uploaded, and the urls they are uploaded to.

Slack works on an upload after it has said that it is complete: until then a block that shows it is refused
("Working with files", Slack; and what its people answer on GitHub).  `working` says how long that takes here.
"""

import mimetypes
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from playground.slack.clock import Clock, Names
from playground.slack.errors import Refusal
from playground.slack.shapes import Json

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""What blocks may show ("Slack file object", Slack)."""


@dataclass(slots=True)
class File:
    """A file: asked for, then filled, then completed (shared or private)."""

    id: str
    name: str
    length: int  # bytes, as announced
    secret: str
    title: str = ""
    alt: str = ""  # what a picture shows, in words
    ready: datetime | None = None  # when blocks may show it
    content: bytes | None = None
    channels: list[str] = field(default_factory=list)
    complete: bool = False

    @property
    def kind(self) -> str:
        """Its MIME type, as its name tells; text when it does not."""
        return mimetypes.guess_type(self.name)[0] or "text/plain"

    def as_slack(self) -> Json:
        """Return the file object."""
        body: Json = {"id": self.id, "name": self.name, "title": self.title or self.name, "mode": "hosted"}
        size = len(self.content or b"")
        return (
            body
            | {
                "size": size,
                "channels": self.channels,
                "is_external": False,
                "mimetype": self.kind,
            }
            | ({"alt_txt": self.alt} if self.alt else {})
        )


class Files:
    """All files of a workspace."""

    def __init__(self, names: Names, clock: Clock) -> None:
        self._names, self._clock = names, clock
        self.working = timedelta(0)  # from the upload to the moment a block may show it
        self._lock = threading.Lock()
        self._files: dict[str, File] = {}

    def announce(self, name: str, length: int, alt: str = "") -> File:
        """Make room for a file of so many bytes."""
        with self._lock:
            file = File(self._names.id("F"), name, length, secrets.token_urlsafe(16), alt=alt)
            self._files[file.id] = file
        return file

    def fill(self, secret: str, content: bytes) -> bool:
        """Keep what came to an upload url; false when there is no such url."""
        with self._lock:
            found = [file for file in self._files.values() if file.secret == secret]
            for file in found:
                file.content = content
        return bool(found)

    def complete(self, file_id: str, title: str) -> File:
        """Finish an upload.  Raises Refusal file_not_found (Slack's word also for an empty one)."""
        with self._lock:
            file = self._files.get(file_id)
            if file is None or file.content is None:
                raise Refusal("file_not_found")
            file.title, file.complete = title, True
            file.ready = self._clock() + self.working
        return file

    def find(self, file_id: str) -> File:
        """Return a completed file.  Raises Refusal file_not_found."""
        for file in self.all():
            if file.id == file_id:
                return file
        raise Refusal("file_not_found")

    def may_be_shown(self, name: str) -> bool:
        """Whether a block may show the file of this id or address now."""
        found = [file for file in self.all() if name in (file.id, f"/files/{file.id}")]
        now = self._clock()
        return any(file.kind in PICTURES and file.ready is not None and file.ready <= now for file in found)

    def forget(self) -> None:
        """Forget every file."""
        with self._lock:
            self._files.clear()

    def all(self) -> list[File]:
        """Return the completed files, oldest first."""
        with self._lock:
            return [file for file in self._files.values() if file.complete]
