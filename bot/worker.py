"""Everything that hears nobody: operations, messages, mail, the clock, events, failure tests, the audit."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

from bot.bell import Topic
from bot.config.mail import Relay
from bot.flow.alert import tell
from bot.flow.path import Path
from bot.house import House, asker, now
from bot.language import Languages
from bot.outbox.outbox import Outbox
from bot.picture.painter import Painter
from bot.probe import Probe, Sample
from bot.settings import Settings
from bot.slack.post import SlackPost
from bot.slack.team import Team
from jobs.clock import Clock
from jobs.desk import names

if TYPE_CHECKING:
    from bot.outbox.by_mail import Mailer
    from jobs.drills.drills import Drills
    from jobs.third_door import ThirdDoor

log = logging.getLogger("toban")
KEEP_EVERY = 2.0  # seconds between two turns of the audit's keeper
SELDOM = 15  # of these, where another process is on duty: its own anchors and looks go on


class Worker:
    """What does the work of one process."""

    def __init__(
        self, settings: Settings, team: Team, house: House, languages: Languages, patience: int
    ) -> None:
        """Ready to start.  `patience` is how many seconds Slack has for an answer."""
        self._house, self._reports = house, settings.reports
        painter = Painter(languages, settings.zone)  # one: matplotlib draws one picture at a time
        self._outbox = Outbox(
            house.db,
            SlackPost(team.client, patience),
            languages,
            settings.zone,
            dict(house.rules.known.risks),
            house.path.now,
            give_way=house.courtesy.give_way,
            painter=painter,
            reports=settings.reports,
            console=settings.console,
            on_duty=house.duty.has,
        )
        self._mailer = _mailer(settings, house, painter, languages)
        self.clock = Clock(house.path)
        self._events = _third_door(settings, house.path)
        self._drills = _drills(house.path)
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._post, name="outbox", daemon=True),
            threading.Thread(target=self._keep, name="keeper", daemon=True),
        ]
        self._mailing = threading.Thread(target=self._mail, name="mail", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._house.engine.start()
        for thread in (*self._threads, self._mailing):
            thread.start()
        self.clock.start()
        if self._events:
            self._events.start()
        if self._drills:
            self._drills.start()

    def begin_nothing(self) -> None:
        """Ask nothing new by itself."""
        self.clock.stop()
        if self._events:
            self._events.stop()

    def stop(self) -> None:
        """Finish what is in hand; everything else is a row, for the next start."""
        if self._drills:
            self._drills.stop()
        self._house.engine.stop()
        self._stop.set()
        self._house.bell.ring()
        for thread in self._threads:
            thread.join()
        self._mailing.join(1.0)  # a mail server may take long; the same mail goes again after the next start

    def watches_drills(self) -> bool:
        """Whether failure tests are watched here."""
        return self._drills is not None and self._drills.is_watching()

    def _post(self) -> None:
        self._outbox.run(self._stop, self._house.bell.ear(Topic.MAIL))

    def _mail(self) -> None:
        if self._mailer is not None:
            self._mailer.run(self._stop, self._house.bell.ear(Topic.MAIL))

    def _keep(self) -> None:
        for number in count():
            if self._stop.wait(KEEP_EVERY):
                break
            self._turn(seldom=number % SELDOM == 0)
        self._house.keeper.close(now())

    def _turn(self, *, seldom: bool) -> None:
        try:
            if not (seldom or self._house.duty.has()):
                return
            for broken in self._house.keeper.tick(now()):
                note = {"action": "audit.break"}
                log.error("the audit log has a break: %s", broken.said(), extra=note)
                tell(self._house.path, self._reports, broken)
        except Exception:  # the edge of a thread: it must outlive one bad turn
            log.exception("a turn failed", extra={"action": "keeper.turn-failed"})


def _mailer(settings: Settings, house: House, painter: Painter, languages: Languages) -> "Mailer | None":
    """What goes by mail, if the settings say how."""
    if settings.mail is None:
        return None
    from bot.outbox.by_mail import Mailer  # noqa: PLC0415 - Python's email package, which others do without
    from bot.outbox.mail_write import MailWriter  # noqa: PLC0415
    from bot.outbox.ses import Ses  # noqa: PLC0415
    from bot.outbox.smtp import Smtp  # noqa: PLC0415

    by, login, sender = settings.mail.by, settings.mail.login, settings.mail.sender
    carrier = Smtp(by, login) if isinstance(by, Relay) else Ses(house.aws, by)
    paint = lru_cache(2)(painter.paint)  # one answer goes to several addresses
    writer = MailWriter(languages, settings.zone, paint, sender)
    give_way, on_duty = house.courtesy.give_way, house.duty.has
    return Mailer(house.db, carrier, writer, house.path.now, give_way=give_way, on_duty=on_duty)


def _drills(path: Path) -> "Drills | None":
    """What watches failure tests, where there can be any: one may be under way that the config forgot."""
    if not path.drills.probes() and not path.drills.find(open_only=True):
        return None
    from bot.probing.prober import Prober  # noqa: PLC0415 - as above
    from jobs.drills.drills import Drills  # noqa: PLC0415

    def probing(probes: Sequence[Probe], take: Callable[[Sample], None]) -> Prober:
        return Prober(probes, take, asker(path.aws, path.now), path.now)

    return Drills(path, probing)


def _third_door(settings: Settings, path: Path) -> "ThirdDoor | None":
    """What receives from the queues of the config, if there are any."""
    if not settings.queues:
        return None
    from aws.sns_signature import verify  # noqa: PLC0415 - a library of ciphers that others do without
    from jobs.inbox import Door  # noqa: PLC0415 - with the readings of all kinds of events
    from jobs.readings.read import read  # noqa: PLC0415
    from jobs.third_door import ThirdDoor  # noqa: PLC0415

    def signed(message: Mapping[str, Any]) -> None:
        verify(message, path.now())

    door = Door(path, settings.rules, names(path.aws), read, signed, settings.reports)
    return ThirdDoor(path, settings.queues, door, settings.alarms)
