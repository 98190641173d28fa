"""What toban knows of its workspace: who it is there itself, who is in which group, and who left."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from slack_sdk.errors import SlackClientError

from bot.slack.client import Client
from bot.slack.connection import Workspace
from bot.slack.groups import UserGroups
from bot.slack.leavers import Leavers

LOOK_EVERY = 2.0  # seconds
AROUND = 300.0  # seconds between two looks at which workspaces there are
log = logging.getLogger("toban.slack")


class Team:
    """Asked in the background, answered from memory."""

    def __init__(
        self,
        client: Client,
        named: Iterable[str],
        clock: Callable[[], datetime],
        now: Callable[[], datetime],
    ) -> None:
        """Nothing known yet; `named` are the people and user groups of the config."""
        self.client = client
        self.groups = tuple(one for one in named if one.startswith("S"))
        self.user_groups = UserGroups(client, now, lambda: self.workspace.home)
        self.leavers = Leavers(client, clock)
        self.workspace = Workspace(client)
        self._looked = time.monotonic()

    def learn(self) -> None:
        """Ask who is in the user groups."""
        self.user_groups.refresh(self.groups)

    def get_to_know(self) -> None:
        """The same, and who toban is: for a process without a connection, which would ask that."""
        self.learn()
        self._introduce()

    def keep(self, stop: threading.Event) -> None:
        """Ask anew again and again, until `stop` is set."""
        while not stop.wait(LOOK_EVERY):
            bearer = self.client.bearer
            bearer.look()
            if bearer.wants_asking():
                self._ask()
            if not bearer.is_refused():  # else each question would be refused alike
                self.user_groups.refresh(self.user_groups.wanting(self.groups))
                self._look_around()

    def _ask(self) -> None:
        """Have the client see whether its token is taken, also when nobody says anything."""
        with suppress(SlackClientError, OSError):
            self.client.auth_test()

    def _look_around(self) -> None:
        """Which workspaces an organisation-wide app is in: one may have been added."""
        if self.workspace.home.enterprise and time.monotonic() - self._looked > AROUND:
            self._looked = time.monotonic()
            self._introduce()

    def _introduce(self) -> None:
        try:
            self.workspace.learn()
        except (SlackClientError, OSError) as error:
            note = "Slack does not say who toban is: %s"
            log.warning(note, type(error).__name__, extra={"action": "slack.unknown"})
