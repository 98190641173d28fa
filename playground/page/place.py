"""Where on the page somebody is: as whom, in which conversation, with which thread open."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from playground.page.sidebar import AT_WORK, is_open, with_the_bot
from playground.slack.workspace import Workspace

FIRST = "C0OPS"  # the channel one begins in


@dataclass(frozen=True, slots=True)
class Place:
    """One view of the page; its address says it all, so that it survives a reload."""

    person: str
    channel: str
    thread: str = ""  # the ts of the message whose thread is open
    tab: str = ""  # "home": the app's home tab instead of its messages
    frame: str = ""  # "1": one of two windows side by side

    def url(self, path: str = "/", **other: str) -> str:
        """Return the address of this view, or of one that is a little different."""
        there = replace(self, **other)
        said = {name: getattr(there, name) for name in ("person", "channel", "thread", "tab", "frame")}
        return f"{path}?{urlencode({name: value for name, value in said.items() if value})}"


def place_of(asked: QueryParams, slack: Workspace) -> Place:
    """Return where a request wants to be; what makes no sense becomes where one begins."""
    person = asked.get("person", "")
    person = person if person in AT_WORK else AT_WORK[0]
    direct = with_the_bot(slack, person).id
    wanted = slack.channels.get(asked.get("channel", ""))
    channel = wanted.id if wanted and (is_open(wanted, person) or wanted.is_archived) else FIRST
    if wanted and wanted.is_im:  # whoever changes places comes to their own messages with the bot
        channel = direct
    tab = "home" if asked.get("tab") == "home" and channel == direct else ""
    return Place(person, channel, asked.get("thread", ""), tab, "1" if asked.get("frame") else "")
