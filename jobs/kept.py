"""Messages that are worked on: hidden from others for as long as that takes."""

import threading
from collections.abc import Sequence
from types import TracebackType

from aws import queue
from aws.errors import AwsError
from aws.queue import Message, Sqs


class Kept:
    """A context manager: while its block runs, the messages stay hidden."""

    def __init__(self, sqs: Sqs, url: str, messages: Sequence[Message], hidden_seconds: int) -> None:
        self._sqs, self._url, self._messages, self._seconds = sqs, url, messages, hidden_seconds
        self._timer: threading.Timer | None = None

    def __enter__(self) -> None:
        self._again()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _again(self) -> None:
        self._timer = threading.Timer(self._seconds / 2, self._hide)
        self._timer.daemon = True
        self._timer.start()

    def _hide(self) -> None:
        try:
            queue.hide(self._sqs, self._url, self._messages, self._seconds)
        except AwsError:
            return  # they come again, and their events are known by their keys
        self._again()
