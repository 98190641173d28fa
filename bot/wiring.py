"""The composition root: the one place that knows everybody."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient

from bot import lasting_keys
from bot.bell import Topic
from bot.config.mail import Relay
from bot.estate import Estate
from bot.flow.alert import tell
from bot.flow.path import Path
from bot.house import House, asker, now
from bot.language import Languages
from bot.outbox.outbox import Outbox
from bot.picture.painter import Painter
from bot.probe import Probe, Sample
from bot.settings import Settings
from bot.slack.alarms import Alarms
from bot.slack.asking import Asking
from bot.slack.connection import Connection, Workspace, bolt
from bot.slack.doors import Doors
from bot.slack.forms import Forms
from bot.slack.groups import UserGroups
from bot.slack.home import Homes
from bot.slack.leavers import Leavers
from bot.slack.offers import Offers
from bot.slack.post import PATIENCE, SlackPost
from bot.slack.readers import Readers
from bot.slack.shortcuts import Shortcuts
from bot.slack.voices import Voices
from jobs.clock import Clock
from jobs.desk import names

if TYPE_CHECKING:
    from bot.health.monitor import Heard, Monitor
    from bot.outbox.by_mail import Mailer
    from jobs.drills.drills import Drills
    from jobs.third_door import ThirdDoor

log = logging.getLogger("toban")
FIRST = 1.0  # seconds that all else gives Slack to answer in: side by side, each would be slower
KEEP_EVERY = 2.0  # seconds between two turns of the audit's keeper


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


def _monitor(settings: Settings) -> "Monitor | None":
    """What answers monitors, if the settings say where.  Raises SettingsError."""
    if settings.health is None:
        return None
    from bot.health.monitor import Monitor  # noqa: PLC0415 - a server that others do without

    return Monitor(settings.health)


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


class Bot:
    """The whole of toban: the house, its three doors, its outbox and its audit keeper."""

    def __init__(
        self, settings: Settings, clock: Callable[[], datetime] = now, patience: int = PATIENCE
    ) -> None:
        """Ready to start; connects to nothing yet.  Raises as House does.

        `patience` is how many seconds Slack has for an answer.
        """
        client = WebClient(
            settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url, timeout=patience
        )
        client.retry_handlers.clear()  # a repeated post would be a second message: the outbox decides
        background = ThreadPoolExecutor(4, "background")
        self.groups = tuple(one for named in settings.groups.values() for one in named if one.startswith("S"))
        self.user_groups = UserGroups(client, now)
        leavers = Leavers(client, clock)
        workspace = Workspace(client)
        self.monitor = _monitor(settings)  # before the house: a port that is taken is said at once
        self.house = House(
            settings,
            self.user_groups.members,
            clock,
            leavers.has_left,
            lambda: workspace.url,
            self.monitor.tally.request if self.monitor else None,
        )
        path, languages = self.house.path, Languages.load()
        app = bolt(client, workspace)
        readers = Readers(client, background)
        self.estate = Estate(path.aws, self.house.courtesy.give_way)
        voices = Voices(path, readers, languages, lambda: workspace.team)
        opening = ThreadPoolExecutor(2, "opening")
        forms = Forms(path, client, self.estate, background, opening, voices)
        Doors(path, client, voices, self.estate, forms).open(app)
        asking = Asking(path, voices)
        Shortcuts(path, asking).open(app)
        Offers(asking).open(app)
        Alarms(path, voices, forms).open(app)
        self.homes = Homes(path, client, readers, languages, self.house.bell.ear(), lambda: workspace.url)
        self.homes.open(app)
        self.connection = Connection(
            app,
            settings.slack_app_token.get_secret_value(),
            workspace,
            self.house.courtesy,
            lambda: self.learn(readers),
            self.monitor.tally.ack if self.monitor else None,
        )
        risks = dict(self.house.rules.known.risks)
        painter = Painter(languages, settings.zone)  # one: matplotlib draws one picture at a time
        self.outbox = Outbox(
            path.db,
            SlackPost(client, patience),
            languages,
            settings.zone,
            risks,
            path.now,
            give_way=self.house.courtesy.give_way,
            painter=painter,
            reports=settings.reports,
            on_duty=self.house.duty.has,
        )
        self.mailer = _mailer(settings, self.house, painter, languages)
        self.clock = Clock(path)
        self.events = _third_door(settings, path)
        self.drills = _drills(path)
        self.reports = settings.reports
        self._stop = threading.Event()
        self._background, self._opening = background, opening
        self._threads = [
            threading.Thread(target=self._post, name="outbox", daemon=True),
            threading.Thread(target=self._keep, name="keeper", daemon=True),
            threading.Thread(target=self.homes.run, args=(self._stop,), name="home", daemon=True),
        ]
        self._mailing = threading.Thread(target=self._mail, name="mail", daemon=True)
        self._reading = threading.Thread(
            target=self.estate.run, args=(self._stop,), name="estate", daemon=True
        )

    def start(self) -> None:
        """Open the doors: people first, so that nobody waits for the rest."""
        self.connection.start()
        self.connection.connected.wait(FIRST)
        if self.monitor:
            self.monitor.start(self.house.path, self._sockets, self._watches_drills)
        self.house.engine.start()
        for thread in (*self._threads, self._reading, self._mailing):
            thread.start()
        self.clock.start()
        self._background.submit(lasting_keys.warn, self.house.aws)
        if self.events:
            self.events.start()
        if self.drills:
            self.drills.start()

    def stop(self) -> None:
        """Close the doors, finish what is in hand; everything else is a row, for the next start."""
        self.clock.stop()
        if self.monitor:
            self.monitor.stop()
        if self.events:
            self.events.stop()
        self.connection.stop()
        if self.drills:
            self.drills.stop()
        self.house.engine.stop()
        self._stop.set()
        self.house.bell.ring()
        for thread in self._threads:
            thread.join()
        self._reading.join(1.0)  # a reading is lost without harm, and AWS may take long to answer
        self._mailing.join(1.0)  # so may a mail server; the same mail goes again after the next start
        self._opening.shutdown(wait=True, cancel_futures=True)
        self._background.shutdown(wait=True, cancel_futures=True)
        self.house.close()

    def _sockets(self) -> "list[Heard]":
        return [(one.connected, one.deaf, one.silent) for one in self.connection.sockets()]

    def _watches_drills(self) -> bool:
        return self.drills is not None and self.drills.is_watching()

    def learn(self, readers: Readers) -> None:
        """Before the first delivery: who is in the user groups; beside it: which languages people read."""
        self.user_groups.refresh(self.groups)
        self._background.submit(self._learn, readers)

    def _learn(self, readers: Readers) -> None:
        for person in self.house.path.people.everybody():
            readers.language(person.id, lambda: "en")

    def _post(self) -> None:
        self.outbox.run(self._stop, self.house.bell.ear(Topic.MAIL))

    def _mail(self) -> None:
        if self.mailer is not None:
            self.mailer.run(self._stop, self.house.bell.ear(Topic.MAIL))

    def _keep(self) -> None:
        while not self._stop.wait(KEEP_EVERY):
            self._turn()
            self.user_groups.refresh(self.user_groups.wanting(self.groups))
        self.house.keeper.close(now())

    def _turn(self) -> None:
        try:
            for broken in self.house.keeper.tick(now()):
                note = {"action": "audit.break"}
                log.error("the audit log has a break: %s", broken.said(), extra=note)
                tell(self.house.path, self.reports, broken)
        except Exception:  # the edge of a thread: it must outlive one bad turn
            log.exception("a turn failed", extra={"action": "keeper.turn-failed"})
