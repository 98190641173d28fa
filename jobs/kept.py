"""Messages that are worked on: hidden from others for as long as that takes."""

import threading
from collections.abc import Sequence
from types import TracebackType

from aws import queue
from aws.errors import AwsError
from aws.queue import Message, Sqs


class Kept:
    """A context manager: while its block runs, the messages stay hidden."""

    def __init__(self, sqs: Sqs, url: str, messages: Sequence[Message], hidden_seconds: float) -> None:
        self._sqs, self._url, self._messages, self._seconds = sqs, url, messages, hidden_seconds
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def __enter__(self) -> None:
        self._timer = self._started()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        with self._lock:
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    def _started(self) -> threading.Timer:
        timer = threading.Timer(self._seconds / 2, self._hide)
        timer.daemon = True
        timer.start()
        return timer

    def _hide(self) -> None:
        try:
            queue.hide(self._sqs, self._url, self._messages, round(self._seconds))
        except AwsError:
            return  # they come again, and their events are known by their keys
        with self._lock:
            if self._timer is not None:  # the block may have ended meanwhile
                self._timer = self._started()
