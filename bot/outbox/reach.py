"""How a letter reaches its readers.

A post is doubtful from the commit before it until its answer is stored.  A doubtful one is looked for
before it is posted again.  What only one person sees cannot be looked for: after a cut answer that
person may read it twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from bot.flow.path import always
from bot.operation import StepRow
from bot.outbox import codes
from bot.outbox.ladder import Ladder
from bot.outbox.pace import Pace, Timing
from bot.outbox.post import Post, Refused, Spot
from bot.outbox.view import DIRECT, View
from bot.outbox.write import Writer, waits
from bot.store import delivery, outbox, pictures, steps
from bot.store.database import Database
from bot.store.outbox import Letter, Mail
from bot.words import to_json

T = TypeVar("T")
log = logging.getLogger("toban.outbox")


class OffDuty(Exception):
    """Another process sends by now: this one was paused with a letter in its hand."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The ways to Slack.  Every method but `sent` may raise Busy, Away, Refused or Unready."""

    db: Database
    post: Post
    writer: Writer
    ladder: Ladder
    pace: Pace
    timing: Timing
    now: Callable[[], datetime]
    on_duty: Callable[[], bool] = always

    def deliver(self, view: View) -> None:
        """Send it where it belongs, and store that it is there."""
        letter = view.letter
        if view.stale:
            self.sent(view, "")
        elif letter.ts:
            self._edit(view)
        elif not letter.channel:
            raise Refused("channel_not_found")
        elif view.private and self._responded(view):
            self.sent(view, "")
        elif view.private and not letter.channel.startswith(DIRECT):
            self._whisper(view)
        else:
            self._say(view)

    def direct(self, letter: Letter) -> str:
        """The direct messages with whoever it concerns; Refused when that is nobody."""
        if not letter.person:
            raise Refused("nobody")
        return self.post.open_dm(letter.person)

    def sent(self, view: View, ts: str) -> None:
        """It is there; the file of an answer follows it, and a picture that Slack did not show in it."""
        letter, at = view.letter, self.now()
        place = {"channel": "" if view.private else letter.channel, "thread": letter.thread or ts}
        place |= {"person": letter.person, "language": letter.language}

        def change(tx: Connection) -> None:
            delivery.sent(tx, letter, ts, at)
            for person in view.out_of_sight:
                asks = {"person": person, "language": letter.language, "body": to_json(waits(view))}
                outbox.put(tx, f"{letter.key}:{person}", Mail.PRIVATE, at, **asks)
            if letter.kind is Mail.ANSWER and view.file:
                key = f"{Mail.FILE}:{letter.operation}:answer"
                outbox.put(tx, key, Mail.FILE, at, operation=letter.operation, **place)
            if (kept := pictures.of(tx, letter.id)) and kept.beside:
                key = f"{Mail.FILE}:{letter.operation}:{outbox.PICTURE}:{kept.chart}"
                outbox.put(tx, key, Mail.FILE, at, operation=letter.operation, **place)

        self.db.write(change)

    # -- for everybody ---------------------------------------------------------------------------

    def _say(self, view: View) -> None:
        ts = self._look_for(view) if view.letter.doubtful else ""
        if ts and (view.letter.kind is Mail.CARD or view.letter.version > 1):
            self.db.write(lambda tx: delivery.found(tx, view.letter, ts, self.now()))
        else:
            self.sent(view, ts or self._post(view))

    def _post(self, view: View) -> str:
        """Post it, with the doubt committed first.  Raises OffDuty."""
        say = self._sharing(view) if view.letter.kind is Mail.FILE else self._saying(view)
        self.db.write(lambda tx: delivery.doubt(tx, view.letter))
        self._must_be_on_duty()
        try:
            return _somewhere(view.spot, say)
        finally:
            self.pace.posted(view.letter.channel, self.now())
            self.pace.shown(view.letter.id, self.now())

    def _saying(self, view: View) -> Callable[[Spot], str]:
        shown = self.ladder.top(view)
        return lambda spot: self.ladder.tell(view, shown, lambda each: self.post.post(spot, each, view.mark))

    def _sharing(self, view: View) -> Callable[[Spot], str]:
        if view.letter.pictures:
            image = self.ladder.pictures.image(view)
            return lambda spot: self.post.upload_picture(spot, image)
        file = self.writer.file(view, self._steps(view))
        return lambda spot: self.post.upload(spot, file)

    def _look_for(self, view: View) -> str:
        """The ts of what may have been posted, or ""; what may not be looked for counts as not there."""
        since = view.letter.created - self.timing.look_back
        try:
            if view.letter.kind is Mail.FILE:
                name = self._name(view)
                return _somewhere(view.spot, lambda spot: self.post.find_file(spot, name, since))
            return _somewhere(view.spot, lambda spot: self.post.find_by_metadata(spot, view.mark, since))
        except Refused as no:
            log.warning("letter %s may not be looked for: %s", view.letter.id, no.code)
            return ""

    def _edit(self, view: View) -> None:
        letter, shown = view.letter, self.ladder.top(view)
        self._must_be_on_duty()
        try:
            self.ladder.tell(
                view, shown, lambda each: self.post.edit(letter.channel, letter.ts, each, view.mark)
            )
        finally:
            self.pace.shown(letter.id, self.now())
        self.sent(view, letter.ts)

    def _must_be_on_duty(self) -> None:
        """Right before a request: who was paused since it read the letter sends nothing.  Raises OffDuty."""
        if not self.on_duty():
            raise OffDuty

    def _name(self, view: View) -> str:
        """The name of the file that this letter shares."""
        return self.ladder.pictures.name(view) if view.letter.pictures else self.writer.file(view, ()).name

    def _steps(self, view: View) -> tuple[StepRow, ...]:
        number = view.letter.operation
        return self.db.read(lambda tx: steps.rows(tx, number)) if number else ()

    # -- for one person --------------------------------------------------------------------------

    def _responded(self, view: View) -> bool:
        """Whether its response_url took it; one that did not is forgotten."""
        url = view.letter.response_url
        if not url:
            return False
        try:
            if view.url_lives(self.now(), self.timing.url):
                shown = self.ladder.top(view)
                self._must_be_on_duty()
                self.ladder.tell(view, shown, lambda each: self.post.respond(url, each))
                return True
        except Refused as no:
            log.info("letter %s does not go by its response_url: %s", view.letter.id, no.code)
        self.db.write(lambda tx: delivery.forget_url(tx, url))
        return False

    def _whisper(self, view: View) -> None:
        shown, person = self.ladder.top(view), view.letter.person
        self._must_be_on_duty()
        self.ladder.tell(view, shown, lambda each: self.post.ephemeral(view.spot, person, each))
        self.sent(view, "")


def _somewhere(spot: Spot, call: Callable[[Spot], T]) -> T:
    """In the thread, or in its channel when the thread is gone."""
    try:
        return call(spot)
    except Refused as no:
        if no.code not in codes.THREAD or not spot.thread:
            raise
        return call(Spot(spot.channel))
