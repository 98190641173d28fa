"""The composition root: the one place that knows everybody."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from bot import lasting_keys
from bot.front import Front
from bot.house import House, never, now
from bot.language import Languages
from bot.role import Role
from bot.settings import Settings
from bot.slack.bearer import Bearer, InFile, Source
from bot.slack.client import Client
from bot.slack.post import PATIENCE
from bot.slack.team import Team
from bot.worker import Worker

if TYPE_CHECKING:
    from bot.health.monitor import Heard, Monitor

FIRST = 1.0  # seconds that work gives Slack to say who is in which group


def _monitor(settings: Settings) -> "Monitor | None":
    """What answers monitors, if the settings say where.  Raises SettingsError."""
    if settings.health is None:
        return None
    from bot.health.monitor import Monitor  # noqa: PLC0415 - a server that others do without

    return Monitor(settings.health)


def _bearer(settings: Settings) -> Bearer:
    file = settings.slack_bot_token_file
    return Bearer(settings.slack_bot_token.get_secret_value(), InFile(file) if file else Source())


def _rotation(settings: Settings, house: House, patience: int, *, works: bool) -> Source | None:
    """What renews the bot's token, if it expires."""
    if settings.rotating is None:
        return None
    from bot.rotation import Rotation  # noqa: PLC0415 - ciphers that others do without
    from bot.slack.exchange import Exchange, Pair  # noqa: PLC0415
    from bot.slack.seal import Seal  # noqa: PLC0415

    one, secret = settings.rotating, settings.rotating.client_secret.get_secret_value()
    given = Pair(settings.slack_bot_token.get_secret_value(), one.refresh.get_secret_value())
    exchange = Exchange(one.client_id, secret, settings.slack_api_url, patience)
    may_renew = house.duty.has if works else never
    return Rotation(house.db, exchange, Seal(secret), given, house.path.now, may_renew)


class Bot:
    """One process of toban: the house, and of the front and the worker what its role has."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime] = now,
        patience: int = PATIENCE,
        role: Role = Role.ALL,
    ) -> None:
        """Ready to start; connects to nothing yet.  Raises as House does.

        `patience` is how many seconds Slack has for an answer.
        """
        client = Client(_bearer(settings), settings.slack_api_url, patience)
        self.team = Team(client, chain.from_iterable(settings.groups.values()), clock, now)
        self.monitor = _monitor(settings)  # before the house: a port that is taken is said at once
        tally = self.monitor.tally if self.monitor else None
        self.house = House(
            settings,
            self.team.user_groups.members,
            clock,
            self.team.leavers.has_left,
            lambda: self.team.workspace.url,
            tally.request if tally else None,
            works=role.works,
            spoken=lambda: self.team.workspace.language,
        )
        self.team.workspace.wants_language = settings.language is None
        if (rotation := _rotation(settings, self.house, patience, works=role.works)) is not None:
            client.bearer.source = rotation
        languages = Languages.load()
        self.front: Front | None = None
        self.worker: Worker | None = None
        if role.listens:
            took = tally.ack if tally else None
            self.front = Front(settings, self.team, self.house, languages, took)
        if role.works:
            self.worker = Worker(settings, self.team, self.house, languages, patience)
        self._stop = threading.Event()
        self._background = ThreadPoolExecutor(1, "beside")
        self._keeping = threading.Thread(target=self.team.keep, args=(self._stop,), name="team", daemon=True)

    def start(self) -> None:
        """Open the doors: people first, so that nobody waits for the rest."""
        self.house.start()
        self.team.client.bearer.begin()
        if self.front:
            self.front.start()
        else:
            known = self._background.submit(self.team.get_to_know)
            wait([known], FIRST)
        if self.monitor:
            self.monitor.start(self.house.path, self._sockets, self._watches_drills, self._slack_trouble)
        if self.worker:
            self.worker.start()
        self._keeping.start()
        self._background.submit(lasting_keys.warn, self.house.aws)

    def stop(self) -> None:
        """Close the doors, finish what is in hand; everything else is a row, for the next start."""
        if self.worker:
            self.worker.begin_nothing()
        if self.monitor:
            self.monitor.stop()
        if self.front:
            self.front.close()
        if self.worker:
            self.worker.stop()
        self._stop.set()
        self._keeping.join()
        if self.front:
            self.front.stop()
        self._background.shutdown(wait=True, cancel_futures=True)
        self.house.close()

    def _sockets(self) -> "list[Heard]":
        return list(self.front.sockets()) if self.front else []

    def _slack_trouble(self) -> str:
        return self.team.client.bearer.trouble() or (self.front.trouble() if self.front else "")

    def _watches_drills(self) -> bool:
        """Whoever does not work leaves them to those who do."""
        return self.worker is None or self.worker.watches_drills()
