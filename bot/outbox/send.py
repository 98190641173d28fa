"""One letter's turn: sent, begun anew where it will be taken, or kept for later."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import logs
from bot.outbox import codes
from bot.outbox.alarms import ALARMS
from bot.outbox.pace import Pace, Timing
from bot.outbox.pictures import Unready
from bot.outbox.post import Away, Busy, Refused
from bot.outbox.reach import Reach
from bot.outbox.view import DIRECT, View, look
from bot.store import delivery
from bot.store.database import Database
from bot.store.outbox import Letter, Mail

STUMBLED = timedelta(minutes=1)
WORKING = "Slack works on the picture"
log = logging.getLogger("toban.outbox")


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends one letter at a time; the lanes are somebody else's."""

    db: Database
    reach: Reach
    pace: Pace
    timing: Timing
    now: Callable[[], datetime]
    jitter: Callable[[], float]  # from 0 to 1
    reports: str = ""  # the channel for alarms whose own takes no messages; "": there is none

    def send(self, number: int, lane: str) -> None:
        """Send this letter, unless its turn is not now or it goes another way meanwhile."""
        view = self.db.read(lambda tx: look(tx, number, self.now()))
        if view is None or view.lane != lane or not self._may_go(view):
            return
        letter = view.letter
        logs.also_about(operation=letter.operation)
        if self._waits_for_its_message(view):
            at = self.now() + self.timing.look / 2
            self.db.write(lambda tx: delivery.put_off(tx, number, at, "its message is not there yet"))
            return
        wait = self.timing.before_try(letter.tries, self.jitter())
        try:
            self._deliver(view)
        except Busy as busy:
            asked = timedelta(seconds=busy.retry_after)
            self.pace.hold(lane, self.now() + asked)
            self._later(letter, asked, str(busy), doubtful=letter.doubtful)
        except Away as away:
            self.pace.hold(lane, self.now() + min(wait, self.timing.held))
            self._later(letter, wait, str(away), doubtful=not letter.ts)
        except Unready:
            self._later(letter, min(wait, self.timing.look), WORKING, doubtful=letter.doubtful)
        except Refused as no:
            hopeless = no.code in codes.HOPELESS
            wait_for = None if hopeless else wait
            is_kept = no.code in codes.TOKEN  # it is not the letter that is refused
            self._later(letter, wait_for, no.code, doubtful=letter.doubtful, is_kept=is_kept)

    def stumbled(self, number: int, lane: str) -> None:
        """A mistake of ours: this letter waits, the others go on."""
        at = self.now() + STUMBLED
        self.pace.hold(lane, self.now() + self.timing.held)
        self.db.write(lambda tx: delivery.put_off(tx, number, at, "a mistake of toban's, see the log"))

    def _may_go(self, view: View) -> bool:
        letter, now = view.letter, self.now()
        if view.lane in self.pace.held(now):
            return False
        if letter.ts:
            return view.ended or letter.id not in self.pace.resting(now)
        return letter.kind is Mail.PRIVATE or letter.channel not in self.pace.paced(now)

    def _waits_for_its_message(self, view: View) -> bool:
        """A call belongs in a thread; but somebody must be called, and nobody waits for long."""
        missing = view.letter.kind is Mail.CALL and view.card is not None and not view.card.ts
        return missing and self.now() - view.letter.created < self.timing.fresh

    def _deliver(self, view: View) -> None:
        """Send it, or have it begin anew.  Raises Busy, Away, Unready; Refused when no place will take it."""
        try:
            self.reach.deliver(view)
        except Refused as no:
            self._elsewhere(view, no)

    def _elsewhere(self, view: View, no: Refused) -> None:
        letter = view.letter
        if no.code in codes.EDIT and letter.ts:
            self._replace(view, no.code)
        elif no.code in codes.CHANNEL and (other := self._other(view, no)) != letter.channel:
            self._anew(letter, other, "", no.code)
        else:
            raise no

    def _other(self, view: View, no: Refused) -> str:
        """Where it goes instead: directly to whoever it concerns; an alarm first where others see it, too."""
        letter = view.letter
        if letter.kind not in ALARMS and letter.person:
            return self.reach.direct(letter)
        if self.reports != letter.channel and self.reports and not letter.channel.startswith(DIRECT):
            return self.reports
        if letter.person or letter.kind not in ALARMS:
            return self.reach.direct(letter)
        raise no  # nobody else is to be told: somebody may invite toban yet

    def _replace(self, view: View, code: str) -> None:
        """A fresh card, in the thread of the one that stays as it is."""
        letter, gone = view.letter, code in codes.GONE
        if not gone and not view.ended and self.now() - letter.created < self.timing.fresh:
            self.reach.sent(view, letter.ts)  # where nothing may be edited, progress would flood the channel
        else:
            self._anew(letter, letter.channel, letter.thread or ("" if gone else letter.ts), code)

    def _anew(self, letter: Letter, channel: str, thread: str, error: str) -> None:
        at = self.now()
        log.info("letter %s begins anew: %s", letter.id, error, extra={"action": "outbox.anew"})
        self.db.write(lambda tx: delivery.anew(tx, letter, at, channel=channel, thread=thread, error=error))

    def _later(
        self, letter: Letter, wait: timedelta | None, error: str, *, doubtful: bool, is_kept: bool = False
    ) -> None:
        now = self.now()
        is_old = now - letter.created > self.timing.give_up and not is_kept
        at = None if wait is None or is_old else now + wait
        if at is None:
            noted = {"action": "outbox.given-up"}
            log.error("letter %s (%s) is given up: %s", letter.id, letter.kind, error, extra=noted)
        else:
            noted = {"action": "outbox.later"}
            log.info("letter %s (%s) waits until %s: %s", letter.id, letter.kind, at, error, extra=noted)
        self.db.write(lambda tx: delivery.later(tx, letter, at, error, doubtful=doubtful))
