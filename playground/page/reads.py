"""What each person has read: up to which message of each conversation."""

import threading

from playground.slack.message import Message
from playground.slack.people import Channel
from playground.slack.workspace import Workspace


class Reads:
    """The last message each person saw; safe to use from many threads."""

    def __init__(self) -> None:
        self.changes = 0  # how often somebody read on: a page looks again when this has grown
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, str], str] = {}

    def note(self, person: str, channel: str, ts: str) -> None:
        """This person has read up to this message."""
        with self._lock:
            if ts > self._seen.get((person, channel), ""):
                self._seen[person, channel] = ts
                self.changes += 1

    def forget(self) -> None:
        """Everything is unread again."""
        with self._lock:
            self._seen.clear()
            self.changes += 1

    def unread(self, slack: Workspace, person: str, channel: Channel) -> list[Message]:
        """Return what others said in a conversation since this person looked, in order."""
        seen = self._seen.get((person, channel.id), "")
        said = slack.messages.in_channel(channel.id) + slack.messages.for_one(channel.id, person)
        return [
            each
            for each in said
            if each.ts > seen and each.user != person and (not each.is_reply or calls(each, person))
        ]


def calls(message: Message, person: str) -> bool:
    """Whether a message mentions this person, or is for them alone."""
    return message.seen_by == person or f"<@{person}>" in f"{message.text}{message.blocks}"
