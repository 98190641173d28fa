"""The sidebar: the conversations of a person with their unread marks, and the people one can be."""

from dataclasses import dataclass

from playground.page.reader import Reader
from playground.page.reads import Reads, calls
from playground.slack.people import Channel, Person
from playground.slack.workspace import Workspace

AT_WORK = ("U0SATO", "U0SUZUKI", "U0MILLER", "U0ITO")  # those one can be on the page
COLOURS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One conversation in the list."""

    channel: Channel
    title: str
    unread: int
    called: bool  # somebody spoke to this person there


@dataclass(frozen=True, slots=True)
class Face:
    """A person one can be."""

    person: Person
    initial: str
    colour: int
    waiting: bool  # somebody called them where they have not looked since


def entries(reader: Reader, reads: Reads) -> list[Entry]:
    """Return the channels this person is in, then their direct messages with the bot."""
    direct = with_the_bot(reader.slack, reader.person.id)
    found = [each for each in reader.slack.channels.values() if each.name and is_open(each, reader.person.id)]
    return [_entry(each, reader, reads) for each in [*found, direct]]


def with_the_bot(slack: Workspace, user: str) -> Channel:
    """Return a person's own messages with the bot; to open them is a change that every page is told of."""
    there = (each for each in list(slack.channels.values()) if each.is_im and each.user == user)
    return next(there, None) or slack.direct(user)


def is_open(channel: Channel, person: str) -> bool:
    """Whether a person finds a channel in their list."""
    return person in channel.members and not channel.is_archived


def faces(reader: Reader, reads: Reads) -> list[Face]:
    """Return the people one can be."""
    return [_face(reader.slack.people[each], reader, reads) for each in AT_WORK]


def initial(person: Person) -> str:
    """Return the letter on a person's picture."""
    return "当" if person.id == "U0TOBAN" else person.real_name[:1]


def colour(user_id: str) -> int:
    """Return which of the colours a person's picture has; the same every time."""
    return sum(map(ord, user_id)) % COLOURS


def _entry(channel: Channel, reader: Reader, reads: Reads) -> Entry:
    unread = reads.unread(reader.slack, reader.person.id, channel)
    called = any(calls(each, reader.person.id) for each in unread)
    return Entry(channel, reader.title_of(channel), len(unread), called)


def _face(person: Person, reader: Reader, reads: Reads) -> Face:
    theirs = [each for each in list(reader.slack.channels.values()) if person.id in each.members]
    waiting = any(
        calls(message, person.id)
        for channel in theirs
        for message in reads.unread(reader.slack, person.id, channel)
    )
    return Face(person, initial(person), colour(person.id), waiting)
