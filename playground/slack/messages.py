"""All messages of a workspace, and waiting for one to come."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playground.slack.errors import Refusal
from playground.slack.message import Message
from playground.slack.shapes import Json


class Messages:
    """Messages by channel, in the order of their timestamps; safe to use from many threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._public: dict[str, dict[str, Message]] = {}
        self._ephemeral: dict[str, Message] = {}
        self._changes = 0

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock while messages change, and wake whoever waits for a change."""
        with self._changed:
            yield
            self._changes += 1
            self._changed.notify_all()

    @property
    def changes(self) -> int:
        """How often messages came, changed or went: a page looks again when this has grown."""
        return self._changes

    def forget(self) -> None:
        """Forget every message."""
        with self.changing():
            self._public.clear()
            self._ephemeral.clear()

    def add(self, message: Message) -> Message:
        """Keep a new message."""
        with self.changing():
            if message.seen_by:
                self._ephemeral[message.ts] = message
            else:
                self._public.setdefault(message.channel, {})[message.ts] = message
        return message

    def find(self, channel: str, ts: str) -> Message:
        """Return a message everybody sees.  Raises Refusal message_not_found."""
        with self._changed:
            message = self._public.get(channel, {}).get(ts)
        if message is None:
            raise Refusal("message_not_found")
        return message

    def remove(self, message: Message) -> None:
        """Delete a message, whoever sees it."""
        with self.changing():
            self._ephemeral.pop(message.ts, None)
            self._public.get(message.channel, {}).pop(message.ts, None)

    def in_channel(self, channel: str) -> list[Message]:
        """Return every message of a channel, threads included, oldest first."""
        with self._changed:
            return list(self._public.get(channel, {}).values())

    def in_thread(self, channel: str, ts: str) -> list[Message]:
        """Return a message and the replies under it, oldest first."""
        return [each for each in self.in_channel(channel) if ts in (each.ts, each.thread_ts)]

    def for_one(self, channel: str, person: str) -> list[Message]:
        """Return what only this person sees in a channel, oldest first."""
        with self._changed:
            kept = list(self._ephemeral.values())
        return [each for each in kept if each.channel == channel and each.seen_by == person]

    def thread_facts(self, parent: Message) -> Json:
        """Return what a parent message tells of its thread: how many replied, who, when last."""
        replies = [each for each in self.in_thread(parent.channel, parent.ts) if each.is_reply]
        if not replies:
            return {}
        people = list(dict.fromkeys(each.user for each in replies))
        facts: Json = {"thread_ts": parent.ts, "reply_count": len(replies), "reply_users": people}
        return facts | {"reply_users_count": len(people), "latest_reply": replies[-1].ts}

    def wait(
        self, channel: str, wanted: Callable[[Message], bool], timeout: float, person: str = ""
    ) -> Message:
        """Return the first message that is as wanted, now or within timeout seconds.

        With a person, only what that person alone sees.  Raises TimeoutError, which tells what there was.
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                there = self.for_one(channel, person) if person else self.in_channel(channel)
                for message in there:
                    if wanted(message):
                        return message
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError(f"no such message in {channel}: {[each.text[:200] for each in there]}")
