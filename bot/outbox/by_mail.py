"""The outbox's way by mail: a worker of its own, so that no message in Slack waits for a mail server.

One letter is one mail to one address: of several, each is taken, refused or tried again by itself.
"""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from bot import logs
from bot.courtesy import GiveWay, at_once
from bot.flow.path import always
from bot.outbox.carrier import Carrier, Cut, MailSaysNo, NotNow, Rejected
from bot.outbox.mail_write import MailWriter, Told, look
from bot.outbox.pace import Timing
from bot.store import delivery, outbox
from bot.store.database import Database
from bot.store.mail_id import mail_id
from bot.store.outbox import Letter, Mail
from bot.words import Words, to_json, words

log = logging.getLogger("toban.outbox")
AT_ONCE = 50  # letters looked at in one turn
LOOK_EVERY = 5.0  # seconds: when nobody rang
STUMBLED = timedelta(minutes=1)


class Ear(Protocol):
    """Hears when there may be something to send."""

    def wait(self, seconds: float) -> None:
        """Return when it was rung since the last time, or after so many seconds."""


class Mailer:
    """Sends what goes by mail.  One at a time may call `send_due` or `run`."""

    def __init__(
        self,
        db: Database,
        carrier: Carrier,
        writer: MailWriter,
        now: Callable[[], datetime],
        *,
        timing: Timing | None = None,
        jitter: Callable[[], float] = random.random,
        give_way: GiveWay = at_once,
        on_duty: Callable[[], bool] = always,
    ) -> None:
        """Ready to send."""
        self._on_duty = on_duty
        self._db, self._carrier, self._writer, self._now = db, carrier, writer, now
        self._timing, self._jitter, self._give_way = timing or Timing(), jitter, give_way
        self._held: datetime | None = None  # the server is away until then
        self._stop = threading.Event()
        self._own_id = ""  # of the database; read when it is needed first

    def run(self, stop: threading.Event, ear: Ear) -> None:
        """Send until `stop` is set; what is in hand then is finished, or sent again after the next start."""
        self._stop = stop
        while not stop.is_set():
            try:
                self.send_due()
            except Exception:  # the edge of a thread: it must outlive one bad turn
                if not stop.is_set():  # otherwise nobody waited for it: the database may be closed
                    log.exception("a turn failed", extra={"action": "mail.turn-failed"})
            ear.wait(LOOK_EVERY)

    def send_due(self) -> None:
        """Send what may be sent now, one after the other."""
        if not self._on_duty():
            return
        now = self._now()
        for number in self._db.read(lambda tx: delivery.due_mails(tx, now, AT_ONCE)):
            if self._stop.is_set() or (self._held and self._held > self._now()):
                return
            self._give_way()
            with logs.about(letter=number):
                if not self._sends(number):
                    return

    def _sends(self, number: int) -> bool:
        """Send one; False when a mistake of ours met the end of the process."""
        try:
            self._send(number)
        except Exception:  # the edge of a worker: one bad letter must not stop the others
            if self._stop.is_set():
                return False
            log.exception("letter %s stumbled", number, extra={"action": "mail.stumbled"})
            self._put_off(number)
        return True

    def _put_off(self, number: int) -> None:
        at = self._now() + STUMBLED
        self._db.write(lambda tx: delivery.put_off(tx, number, at, "a mistake of toban's, see the log"))

    def _send(self, number: int) -> None:
        own_id = self._id()
        told = self._db.read(lambda tx: look(tx, number, own_id))
        logs.also_about(operation=told.letter.operation)
        mail = self._writer.mail(told)
        try:
            self._carrier.send(mail, self._writer.sender, told.letter.address)
        except Rejected as no:
            self._give_up(told, no, no.why, all_mail=no.all_mail)
        except NotNow as no:
            self._later(told, no, all_mail=no.away)
        except Cut as no:
            self._later(replace(told, letter=replace(told.letter, doubtful=True)), no, all_mail=False)
        else:
            self._db.write(lambda tx: delivery.sent(tx, told.letter, "", self._now()))

    def _id(self) -> str:
        if not self._own_id:
            self._own_id = self._db.write(lambda tx: mail_id(tx, self._now()))
        return self._own_id

    def _later(self, told: Told, no: MailSaysNo, *, all_mail: bool) -> None:
        letter, now = told.letter, self._now()
        wait = self._timing.before_try(letter.tries, self._jitter())
        if all_mail:
            self._held = now + min(wait, self._timing.held)
        if now - letter.created > self._timing.give_up:
            self._give_up(told, no, _nobody(no, self._timing.give_up, letter), all_mail=all_mail)
            return
        log.info("letter %s (mail) waits: %s", letter.id, no, extra={"action": "mail.later"})
        self._db.write(lambda tx: delivery.later(tx, letter, now + wait, str(no), doubtful=letter.doubtful))

    def _give_up(self, told: Told, no: MailSaysNo, why: Words, *, all_mail: bool) -> None:
        """Never again, and its channel is told: once, where it is about all of an operation's mail."""
        letter, now, number = told.letter, self._now(), told.report.operation.number
        key = f"mail:{number}:{no}" if all_mail else f"mail:{number}:letter {letter.id}"
        notice = {"channel": letter.channel, "person": told.report.operation.ask.asker.person}
        notice |= {"language": letter.language}
        said = to_json(_all_of_it(number, why) if all_mail else _this_one(number, letter.address, why))
        log.error("letter %s (mail) is given up: %s", letter.id, no, extra={"action": "mail.given-up"})

        def change(tx: Connection) -> None:
            delivery.later(tx, letter, None, str(no), doubtful=letter.doubtful)
            outbox.put(tx, key, Mail.NOTICE, now, body=said, **notice)

        self._db.write(change)


def _all_of_it(number: int, why: Words) -> Words:
    return words("Nothing of #{number} goes out by mail: {why}", number=number, why=why)


def _this_one(number: int, address: str, why: Words) -> Words:
    return words("#{number} does not go by mail to {address}: {why}", number=number, address=address, why=why)


def _nobody(no: MailSaysNo, length: timedelta, letter: Letter) -> Words:
    if letter.doubtful:
        return words(
            "the line broke each time in {length} after it was handed over, so it may have arrived ({code})",
            length=length,
            code=str(no),
        )
    return words(
        "no mail server took it in {length} ({code}); look at [mail] in the config, and at the server",
        length=length,
        code=str(no),
    )
