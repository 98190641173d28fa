"""The app's home tab: published in the background when somebody opens it, and kept true for an hour.

Source: "App Home", "views.publish", "Rate limits" (Slack).  What a tab shows is read from rows, which another
process may have written; nothing here is remembered but who looks.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.flow.path import Path
from bot.language import Languages
from bot.slack import payload
from bot.slack.desk import Desks
from bot.slack.doors import Body
from bot.slack.readers import Readers
from bot.store import desk
from bot.views import home, home_rows
from bot.views.blocks import Block
from bot.views.speaker import Speaker

log = logging.getLogger("toban.slack")
EVERY = 3.0  # seconds between two rounds, at least
IDLE = 60.0  # seconds, while nobody looks
LOOKED_AT = timedelta(hours=1)  # since it was opened: so long a tab is kept true
"""Slack does not say when somebody leaves the tab."""
FAR = 5_000  # lines of the audit log: no further back it is looked whose requests have ended
AT_ONCE = 5  # tabs in a round: "views.publish" takes a little more than 100 a minute


class Ear(Protocol):
    """A way to hear that something changed."""

    def ring(self) -> None:
        """Something changed."""

    def wait(self, seconds: float) -> None:
        """Return when something changed, or after so many seconds."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody who opened their tab."""

    opened: datetime
    shown: str = ""  # what was published last; "" when it is to be published anyway
    new: bool = True  # not published since it was opened
    stamp: object = None  # how everything stood when it was last looked at


class Homes:
    """The tabs of those who opened theirs in the last hour."""

    def __init__(
        self,
        path: Path,
        client: WebClient,
        readers: Readers,
        languages: Languages,
        ear: Ear,
        url: Callable[[], str],
    ) -> None:
        """`url` is the workspace's address, such as "https://example.slack.com/"; "" while not known."""
        self._path = path
        self._client = client
        self._readers = readers
        self._languages = languages
        self._ear = ear
        self._desks = Desks(path, url)
        self._lookers: dict[str, Looker] = {}
        self._lock = threading.Lock()
        self._line = 0  # of the audit log, the newest at the last round

    def open(self, app: App) -> None:
        """Let the app's deliveries in."""
        app.event("app_home_opened")(self.on_opened)
        app.action(home_rows.SHOW)(on_link)

    def on_opened(self, ack: Ack, body: Body) -> None:
        """Somebody opened the app; the tab is published after the acknowledgement."""
        where = payload.home_opened(body)
        if where is not None:
            with self._lock:
                self._lookers[where.person] = Looker(self._path.now())
            self._ear.ring()
        ack()

    # -- the thread ----------------------------------------------------------------------------------

    def run(self, stop: threading.Event) -> None:
        """Publish whatever changed, a round at a time, until `stop` is set; newcomers wait for no round."""
        last = time.monotonic() - EVERY
        while not stop.is_set():
            self._ear.wait(EVERY if self._lookers else IDLE)
            if stop.is_set():
                return
            if time.monotonic() - last >= EVERY:
                last = time.monotonic()
                self._safely(self.round)
            else:
                self._safely(self.welcome)

    def round(self) -> None:
        """Publish tabs that are no longer true: newcomers' first, then of those whose requests have ended.

        So many at once; the others keep their turn, the one that was looked at longest ago first.
        """
        lookers = self._current()
        if not lookers:
            return
        newest, unsent = self._path.db.read(desk.stamp)
        ended = self._path.db.read(lambda tx: desk.ended_since(tx, max(self._line, newest - FAR)))
        self._line = newest
        stale = [
            (who, one, stamp)
            for who, one in lookers
            if one.stamp != (stamp := (newest, unsent, self._quarter(), self._readers.are_known(who)))
            or not one.shown
        ]
        self._publish_some(sorted(stale, key=lambda each: (not each[1].new, each[0] not in ended)))

    def _publish_some(self, stale: Sequence[tuple[str, Looker, object]]) -> None:
        sent = 0
        for who, one, stamp in stale:
            if sent < AT_ONCE:
                sent += self._show(who, one, stamp)

    def _quarter(self) -> int:
        """Something that is another every quarter of an hour: office hours begin and end unasked."""
        return int(self._path.now().timestamp() // 900)

    def welcome(self) -> None:
        """Publish the tabs of those who just opened theirs."""
        self._publish_some([(who, one, None) for who, one in self._current() if one.new])

    def _safely(self, do: Callable[[], None]) -> None:
        try:
            do()
        except Exception:  # the edge of a thread: it must outlive one bad round
            log.exception("a round failed", extra={"action": "home.round-failed"})

    def _current(self) -> Sequence[tuple[str, Looker]]:
        since = self._path.now() - LOOKED_AT
        with self._lock:
            self._lookers = {who: one for who, one in self._lookers.items() if one.opened > since}
            return list(self._lookers.items())

    def _show(self, person: str, looker: Looker, stamp: object) -> bool:
        """Bring one tab up to date; returns whether Slack was told anything."""
        view = self.view(person)
        shown = json.dumps(view, ensure_ascii=False)
        moved = shown != looker.shown
        if moved and not self._publish(person, view):
            shown = ""
        with self._lock:
            if self._lookers.get(person) is looker:  # opened anew meanwhile: then once more
                self._lookers[person] = replace(looker, shown=shown, new=False, stamp=stamp)
        return moved

    def _publish(self, person: str, view: Block) -> bool:
        try:
            self._client.views_publish(user_id=person, view=view)
        except (SlackClientError, OSError) as error:
            note = "the home tab of %s was not published: %s"
            log.warning(note, person, type(error).__name__, extra={"action": "home.refused"})
            return False
        return True

    def view(self, person: str) -> Block:
        """One person's tab as it stands."""
        language = self._readers.language(person, lambda: self._path.language_in(""))
        zone = self._readers.zone(person, self._path.zone)
        speak = Speaker(self._languages, language, zone, self._path.console)
        return home.home(self._desks.of(person), speak, self._path.now())


def on_link(ack: Ack) -> None:
    """Slack tells of a click on a link, too."""
    ack()
