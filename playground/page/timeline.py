"""What stands in a conversation, or in a thread, for one person: messages, by day, with their replies."""

from dataclasses import dataclass
from datetime import UTC, datetime

from babel.dates import format_time
from markupsafe import Markup

from playground.page.dates import day_of
from playground.page.drawing import Drawing
from playground.page.emoji import with_emoji
from playground.page.mrkdwn import mrkdwn
from playground.page.reader import Reader
from playground.page.sidebar import colour, initial
from playground.slack.files import File
from playground.slack.message import Message
from playground.slack.people import Person
from playground.slack.shapes import Json, as_list

GROUPED = 300  # seconds within which one person's next message needs no name again
PREVIEW, LINES = 1200, 6  # of a text file: characters, lines


@dataclass(frozen=True, slots=True)
class Row:
    """One message as a person sees it."""

    message: Message
    drawing: Drawing
    replies: Json  # as Slack tells of a thread; empty without one
    in_thread: bool
    day: str  # set when a new day begins with it
    continued: bool  # the same person spoke just before

    @property
    def author(self) -> Person:
        """Who said it."""
        return self.drawing.reader.slack.people[self.message.user]

    @property
    def face(self) -> str:
        """The letter on the author's picture."""
        return initial(self.author)

    @property
    def colour(self) -> int:
        """The colour of the author's picture."""
        return colour(self.author.id)

    @property
    def moment(self) -> datetime:
        """When it was said, by the reader's clock."""
        return self.drawing.reader.at(self.message.ts)

    @property
    def time(self) -> str:
        """The time of day it was said."""
        return clock_time(self.moment, self.drawing.reader.language)

    @property
    def body(self) -> Markup:
        """Its blocks, or its text when it has none, and its attachments."""
        said = self.message
        shown = self.drawing.blocks(said.blocks) if said.blocks else self._text(said.text)
        for each in said.attachments:
            inside = self.drawing.blocks(as_list(each.get("blocks"))) or self._text(str(each.get("text", "")))
            shown += Markup('<div class="attachment">{}</div>').format(inside)
        return shown

    @property
    def last_reply(self) -> str:
        """When the last reply came."""
        latest = self.replies.get("latest_reply")
        reader = self.drawing.reader
        return clock_time(reader.at(str(latest)), reader.language) if latest else ""

    @property
    def reactions(self) -> list[tuple[str, int]]:
        """Emoji and how many gave them."""
        return [(with_emoji(f":{name}:"), len(by)) for name, by in self.message.reactions.items()]

    @property
    def files(self) -> list[File]:
        """The files it carries."""
        kept = {file.id: file for file in self.drawing.reader.slack.files.all()}
        return [kept[str(each["id"])] for each in self.message.files if each["id"] in kept]

    def _text(self, text: str) -> Markup:
        shown = mrkdwn(text, self.drawing.reader)
        return Markup('<div class="block text">{}</div>').format(shown) if text else Markup("")


def clock_time(moment: datetime, language: str) -> str:
    """Return a time of day as people of a language write it."""
    return str(format_time(moment, "short", locale=language))


def preview(file: File) -> str:
    """Return the beginning of a text file; nothing of another kind."""
    if not file.kind.startswith(("text/", "application/json")):
        return ""
    text = (file.content or b"")[: PREVIEW * 4].decode("utf-8", "replace")[:PREVIEW]
    return "\n".join(text.splitlines()[:LINES])


def conversation(reader: Reader, channel: str, here: str) -> list[Row]:
    """Return what stands in a conversation itself, oldest first."""
    kept = reader.slack.messages
    said = [each for each in kept.in_channel(channel) if not each.is_reply or each.broadcast]
    said += [each for each in kept.for_one(channel, reader.person.id) if not each.is_reply]
    return _rows(reader, sorted(said, key=lambda each: each.ts), here, in_thread=False)


def thread(reader: Reader, channel: str, ts: str, here: str) -> list[Row]:
    """Return a message and what stands under it, oldest first."""
    kept = reader.slack.messages
    said = kept.in_thread(channel, ts)
    said += [each for each in kept.for_one(channel, reader.person.id) if ts in (each.ts, each.thread_ts)]
    return _rows(reader, sorted(said, key=lambda each: each.ts), here, in_thread=True)


def _rows(reader: Reader, said: list[Message], here: str, *, in_thread: bool) -> list[Row]:
    rows: list[Row] = []
    for message in said:
        before = rows[-1] if rows else None
        facts = {} if in_thread else reader.slack.messages.thread_facts(message)
        day = _day(reader, message, before)
        continued = bool(before and not day and _goes_on(before.message, message))
        rows.append(Row(message, Drawing(reader, here), facts, in_thread, day, continued))
    return rows


def _day(reader: Reader, message: Message, before: Row | None) -> str:
    at = reader.at(message.ts)
    if before and before.moment.date() == at.date():
        return ""
    return day_of(at, reader.language, datetime.now(UTC).astimezone(reader.zone))


def _goes_on(before: Message, after: Message) -> bool:
    same = (before.user, before.seen_by) == (after.user, after.seen_by)
    return same and not before.files and float(after.ts) - float(before.ts) < GROUPED
