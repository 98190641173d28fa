"""The path over an open database, with its engine: all of toban that knows nothing of Slack."""

import logging
import os
import secrets
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from aws.account import Accounts
from aws.told import Tell
from bot.audit import key as audit_key
from bot.audit.anchor import Anchors
from bot.audit.keeper import Keeper
from bot.bell import Bell, Topic
from bot.cost_asker import CostAsker
from bot.cost_book import CostBook
from bot.courtesy import Courtesy
from bot.drill_desk import DrillDesk
from bot.duty import Duty
from bot.engine import KEPT, WORKERS, Engine
from bot.flow import cancel
from bot.flow.path import Limits, Path
from bot.flow.traffic import SIDE_BY_SIDE
from bot.ledger import StoredLedger
from bot.logs import Threads
from bot.people import Directory, HasLeft, Members, nobody_left
from bot.rulebook import rules
from bot.settings import Settings
from bot.store import errands, migrate
from bot.store.database import Database
from jobs.asking import run_now
from jobs.desk import desk
from jobs.due import next_due

if TYPE_CHECKING:
    from bot.probing.asker import Asker
    from bot.wire import Wire

log = logging.getLogger("toban")
CALLS = (WORKERS + KEPT) * SIDE_BY_SIDE + 8
"""AWS calls side by side; a few more than operations make, for the looks at what is awaited."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class House:
    """The path over an open database, with its engine; knows nothing of Slack."""

    def __init__(
        self,
        settings: Settings,
        members: Members,
        clock: Callable[[], datetime] = now,
        has_left: HasLeft = nobody_left,
        address: Callable[[], str] = str,
        tell: Tell | None = None,
        *,
        works: bool = True,
        spoken: Callable[[], str] = str,
    ) -> None:
        """Open the database and bring it up to date.  Raises SettingsError, UnusableKey or as Database.

        Who does not work never has the duty.  `spoken` is the workspace's language, "" while it is not known.
        """
        self.rules = rules(settings)
        settings.database_file.parent.mkdir(parents=True, exist_ok=True)
        key = _audit_key(settings)
        self._works = works
        self.courtesy = Courtesy()
        self.db = Database(settings.database_url, self.courtesy.for_a_moment)
        migrate.up_to_date(self.db)
        self.aws = Accounts(settings.accounts, tell=tell)
        self.calls = Threads(CALLS, "call")
        self.bell = Bell()
        self._wire = _wire(self.db, self.bell)
        self.keeper = Keeper(self.db, key, Anchors(settings.database_file.with_suffix(".audit-anchor")))
        ledger = StoredLedger(
            self.db,
            self.rules.schedules,
            key,
            now=clock,
            cancel=lambda number, person: cancel.cancel(self.path, number, person),
            run_now=lambda schedule, key: run_now(self.path, schedule, key),
            next_due=next_due,
        )
        ledger.take_up()
        owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.duty = Duty(self.db, owner, clock)
        self.path = Path(
            db=self.db,
            grammar=self.rules.grammar,
            policy=self.rules.policy,
            people=Directory(settings.groups, members, has_left),
            verbs=self.rules.known.verbs,
            actions=self.rules.actions,
            aws=self.aws,
            ledger=ledger,
            schedules=self.rules.schedules,
            languages=settings.channels,
            language=settings.language or "",
            spoken=spoken,
            zone=settings.zone,
            hours=settings.hours,
            console=settings.console,
            troubles=desk(lambda: self.path, self.aws, settings.rules, address),
            costs=CostBook(CostAsker(self.db, self.aws, settings.bill, settings.zone, clock), self.calls),
            drills=DrillDesk(
                self.db,
                settings.probes,
                lambda probes: asker(self.aws, clock).each(probes),
                settings.experiments,
            ),
            now=clock,
            calls=self.calls,
            ring=self._ring,
            limits=Limits(settings.limits.approval, settings.limits.start),
            on_duty=self.duty.has if works else never,
        )
        self.engine = Engine(self.path, self.bell, self.courtesy.give_way, owner=owner)

    def start(self) -> None:
        """Hear what other processes commit."""
        if self._wire:
            self._wire.start()

    def is_worked(self) -> bool:
        """Whether operations are carried out: here, or in another process that lives."""
        if self._works:
            return True
        try:
            return self.db.read(errands.workers) != 0
        except DBAPIError:  # it is not known: what was asked for is stored, and is not talked down
            return True

    def close(self) -> None:
        """Let go of the duty, of AWS and of the database."""
        self._leave_duty()
        if self._wire:
            self._wire.stop()
        self.calls.shutdown(wait=True)
        self.aws.close()
        self.db.close()

    def _ring(self, *topics: Topic) -> None:
        """Wake whoever waits for it, here and in every other process; workers are told by errands there."""
        self.bell.ring(*topics)
        if self._wire:
            self._wire.ring([topic for topic in topics or Topic if topic is not Topic.WORK])

    def _leave_duty(self) -> None:
        try:
            self.duty.give_up()
        except DBAPIError as error:  # it runs out by itself
            log.warning("the duty was not given up: %s", error.orig, extra={"action": "duty.kept"})


def _wire(db: Database, bell: Bell) -> "Wire | None":
    """What other processes ring by, where there can be any."""
    if not db.is_shared:
        return None
    from bot.wire import Wire  # noqa: PLC0415 - the driver of PostgreSQL, which a file does without

    return Wire(db.url, lambda topics: bell.ring(*map(Topic, topics)))


def never() -> bool:
    """Whoever only listens is not on duty."""
    return False


def _audit_key(settings: Settings) -> bytes:
    if settings.audit_key is not None:
        return audit_key.from_setting(settings.audit_key.get_secret_value())
    return audit_key.from_file(settings.audit_key_file)


def asker(aws: Accounts, clock: Callable[[], datetime]) -> "Asker":
    """Who asks probes; loaded when the first is to be asked."""
    from bot.probing.asker import Asker  # noqa: PLC0415 - only who tests failures needs it

    return Asker(aws, clock)
