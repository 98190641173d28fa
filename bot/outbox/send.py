"""One letter on its way: posted once, edited to the newest, or kept for later.

A post is doubtful from the commit before it until its answer is stored.  A doubtful one is looked for
before it is posted again.  What only one person sees cannot be looked for: after a cut answer that
person may read it twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from bot.operation import StepRow
from bot.outbox import codes
from bot.outbox.pace import Pace, Timing
from bot.outbox.post import Away, Busy, Post, Refused, Spot
from bot.outbox.view import DIRECT, View, look
from bot.outbox.write import Writer, plain
from bot.store import outbox, steps
from bot.store.database import Database
from bot.store.outbox import Letter, Mail
from bot.views.message import Message

T = TypeVar("T")
STUMBLED = timedelta(minutes=1)
log = logging.getLogger("toban.outbox")


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends one letter at a time; the lanes are somebody else's."""

    db: Database
    post: Post
    writer: Writer
    pace: Pace
    timing: Timing
    now: Callable[[], datetime]
    jitter: Callable[[], float]  # from 0 to 1

    def send(self, number: int, lane: str) -> None:
        """Send this letter, unless its turn is not now or it goes another way meanwhile."""
        view = self.db.read(lambda tx: look(tx, number))
        if view is None or view.lane != lane or not self._may_go(view):
            return
        try:
            self._deliver(view)
        except Busy as busy:
            wait = timedelta(seconds=busy.retry_after)
            self.pace.hold(lane, self.now() + wait)
            self._later(view.letter, wait, str(busy), doubtful=view.letter.doubtful)
        except Away as away:
            wait = self.timing.before_try(view.letter.tries, self.jitter())
            self.pace.hold(lane, self.now() + min(wait, self.timing.held))
            self._later(view.letter, wait, str(away), doubtful=not view.letter.ts)
        except Refused as no:
            wait = self.timing.before_try(view.letter.tries, self.jitter())
            self._later(view.letter, None if no.code in codes.HOPELESS else wait, no.code)

    def stumbled(self, number: int, lane: str) -> None:
        """A mistake of ours: this letter waits, the others go on."""
        at = self.now() + STUMBLED
        self.pace.hold(lane, self.now() + self.timing.held)
        self.db.write(lambda tx: outbox.put_off(tx, number, at, "a mistake of toban's, see the log"))

    def _may_go(self, view: View) -> bool:
        letter, now = view.letter, self.now()
        if view.lane in self.pace.held(now):
            return False
        if letter.ts:
            return view.ended or letter.id not in self.pace.resting(now)
        return letter.kind is Mail.PRIVATE or letter.channel not in self.pace.paced(now)

    def _deliver(self, view: View) -> None:
        """Send it where it belongs, or have it begin anew elsewhere.  Raises Busy, Away, Refused."""
        try:
            if view.stale:
                self._sent(view, "")
            elif view.letter.ts:
                self._edit(view)
            elif not view.letter.channel:
                self._anew(view, self._direct(view.letter), "", "no channel")
            elif view.private and not view.letter.channel.startswith(DIRECT):
                self._tell(view)
            elif view.private and self._responded(view):
                self._sent(view, "")
            else:
                self._say(view)
        except Refused as no:
            self._elsewhere(view, no)

    # -- for everybody ---------------------------------------------------------------------------

    def _say(self, view: View) -> None:
        ts = self._look_for(view) if view.letter.doubtful else ""
        if ts and view.letter.kind is Mail.CARD:
            self.db.write(lambda tx: outbox.found(tx, view.letter, ts, self.now()))
            return
        self._sent(view, ts or self._post(view))

    def _post(self, view: View) -> str:
        """Post it, with the doubt committed first."""
        say = self._sharing(view) if view.letter.kind is Mail.FILE else self._saying(view)
        self.db.write(lambda tx: outbox.doubt(tx, view.letter))
        try:
            return _somewhere(view.spot, say)
        finally:
            self.pace.posted(view.letter.channel, self.now())
            self.pace.shown(view.letter.id, self.now())

    def _saying(self, view: View) -> Callable[[Spot], str]:
        message = self.writer.message(view, self.now())
        return lambda spot: _shown(message, lambda each: self.post.post(spot, each, view.mark))

    def _sharing(self, view: View) -> Callable[[Spot], str]:
        file = self.writer.file(view, self._steps(view))
        return lambda spot: self.post.upload(spot, file)

    def _look_for(self, view: View) -> str:
        """The ts of what may have been posted, or ""; what may not be looked for counts as not there."""
        since = view.letter.created - self.timing.look_back
        try:
            if view.letter.kind is Mail.FILE:
                name = self.writer.file(view, ()).name
                return _somewhere(view.spot, lambda spot: self.post.find_file(spot, name, since))
            return _somewhere(view.spot, lambda spot: self.post.find_by_metadata(spot, view.mark, since))
        except Refused as no:
            log.warning("letter %s: may not look for it: %s", view.letter.id, no.code)
            return ""

    def _edit(self, view: View) -> None:
        letter, message = view.letter, self.writer.message(view, self.now())
        try:
            _shown(message, lambda each: self.post.edit(letter.channel, letter.ts, each, view.mark))
        finally:
            self.pace.shown(letter.id, self.now())
        self._sent(view, letter.ts)

    # -- for one person --------------------------------------------------------------------------

    def _tell(self, view: View) -> None:
        """By response_url while it lives, else as an ephemeral message."""
        if not self._responded(view):
            message = self.writer.message(view, self.now())
            _shown(message, lambda each: self.post.ephemeral(view.spot, view.letter.person, each))
        self._sent(view, "")

    def _responded(self, view: View) -> bool:
        """Whether its response_url took it; one that did not is forgotten."""
        url = view.letter.response_url
        if not url:
            return False
        try:
            if view.url_lives(self.now(), self.timing.url):
                message = self.writer.message(view, self.now())
                _shown(message, lambda each: self.post.respond(url, each))
                return True
        except Refused as no:
            log.info("letter %s: not by its response_url: %s", view.letter.id, no.code)
        self.db.write(lambda tx: outbox.forget_url(tx, url))
        return False

    # -- otherwise -------------------------------------------------------------------------------

    def _elsewhere(self, view: View, no: Refused) -> None:
        """Begin anew where it will be taken.  Raises Busy, Away; Refused when there is no such place."""
        letter = view.letter
        gone = no.code in codes.GONE
        if no.code in codes.EDIT and letter.ts:
            if not gone and not view.ended and self.now() - letter.created < self.timing.fresh:
                self._sent(view, letter.ts)  # where nothing may be edited, progress would flood the channel
                return
            self._anew(view, letter.channel, letter.thread or ("" if gone else letter.ts), no.code)
        elif no.code in codes.CHANNEL and (direct := self._direct(letter)) != letter.channel:
            self._anew(view, direct, "", no.code)
        else:
            raise no

    def _direct(self, letter: Letter) -> str:
        """The direct messages with whoever asked.  Raises Refused when nobody did."""
        if not letter.person:
            raise Refused("nobody")
        return self.post.open_dm(letter.person)

    def _anew(self, view: View, channel: str, thread: str, error: str) -> None:
        log.info("letter %s begins anew: %s", view.letter.id, error)
        at = self.now()
        self.db.write(
            lambda tx: outbox.anew(tx, view.letter, at, channel=channel, thread=thread, error=error)
        )

    def _sent(self, view: View, ts: str) -> None:
        """It is there; the file of an answer follows it."""
        letter, at = view.letter, self.now()
        follows = letter.kind is Mail.ANSWER and view.file is not None
        with_file = {"channel": "" if view.private else letter.channel, "thread": letter.thread or ts}
        with_file |= {"person": letter.person, "language": letter.language}

        def change(tx: Connection) -> None:
            outbox.sent(tx, letter, ts)
            if follows:
                key = f"{Mail.FILE}:{letter.operation}:answer"
                outbox.put(tx, key, Mail.FILE, at, operation=letter.operation, **with_file)

        self.db.write(change)

    def _later(
        self, letter: Letter, wait: timedelta | None, error: str, *, doubtful: bool | None = None
    ) -> None:
        now = self.now()
        at = None if wait is None or now - letter.created > self.timing.give_up else now + wait
        level = logging.ERROR if at is None else logging.INFO
        noted = {"action": "outbox.given-up" if at is None else "outbox.later"}
        log.log(
            level, "letter %s (%s): %s, again: %s", letter.id, letter.kind, error, at or "never", extra=noted
        )
        unsure = letter.doubtful if doubtful is None else doubtful
        self.db.write(lambda tx: outbox.later(tx, letter, at, error, doubtful=unsure))

    def _steps(self, view: View) -> tuple[StepRow, ...]:
        number = view.letter.operation
        return self.db.read(lambda tx: steps.rows(tx, number)) if number else ()


def _somewhere(spot: Spot, call: Callable[[Spot], T]) -> T:
    """In the thread, or in its channel when the thread is gone."""
    try:
        return call(spot)
    except Refused as no:
        if no.code not in codes.THREAD or not spot.thread:
            raise
        return call(Spot(spot.channel))


def _shown(message: Message, call: Callable[[Message], T]) -> T:
    """With its blocks, or as plain text when Slack refuses them."""
    try:
        return call(message)
    except Refused as no:
        if no.code not in codes.BLOCKS or not message.blocks:
            raise
        log.warning("Slack refuses blocks: %s", no.code)
        return call(plain(message))
