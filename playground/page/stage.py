"""The stage: the local Slack, the local AWS once it is there, and the bot between them."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.language import Languages
from bot.schedule import Schedule
from playground.page.bot_process import BotProcess, Doing
from playground.page.happening import World
from playground.page.mischief import Mischief
from playground.page.reader import Reader
from playground.page.reads import Reads
from playground.slack.errors import CannotDoError
from playground.slack.people import App
from playground.slack.server import LocalSlack
from playground.slack.shapes import Json

if TYPE_CHECKING:
    from playground.aws.server import LocalAws  # takes seconds to import, and the page comes first
    from playground.shop.shop import Shop  # as above


@dataclass(slots=True)
class Stage:
    """Everything the page shows and moves."""

    slack: LocalSlack
    bot: BotProcess
    languages: Languages
    shortcuts: tuple[Json, ...] = ()  # of the app's manifest
    reads: Reads = field(default_factory=Reads)
    aws: "LocalAws | None" = None
    shop: "Shop | None" = None
    mischief: Mischief = field(default_factory=Mischief)
    schedules: tuple[Schedule, ...] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)
    plant: Callable[[], None] = lambda: None  # fills the AWS anew
    agree: Callable[[], None] = lambda: None  # what the team agreed to before anybody came

    def reader(self, user: str) -> Reader:
        """Return a person in front of the page.  Raises Refusal user_not_found."""
        return Reader(self.slack.workspace, self.slack.workspace.person(user))

    @property
    def doing(self) -> Doing:
        """What the bot is doing."""
        return self.bot.doing(self.slack.socket.connections)

    @property
    def world(self) -> World:
        """What things can happen to.  Raises CannotDoError while there is no AWS yet."""
        if self.aws is None:
            raise CannotDoError("the AWS accounts are not there yet")
        return World(self.aws, self.slack)

    def begin_anew(self) -> None:
        """Forget everything that was said and done, and start a new bot; one such call at a time."""
        with self.lock:
            self.bot.end()
            self.bot.forget()
            self.mischief.all_well(self.world)
            self.slack.workspace.begin_anew()
            self.slack.wire.forget()
            self.reads.forget()
            self.plant()
            self.bot.start()
            self.agree()


def app_of(manifest: Json, app: App) -> App:
    """Return the app as its manifest describes it: its slash commands, and the events it listens to."""
    features, settings = manifest["features"], manifest["settings"]
    return App(
        app.id,
        app.bot_id,
        app.user_id,
        app.name,
        commands=frozenset(each["command"] for each in features["slash_commands"]),
        listens_to=frozenset(settings["event_subscriptions"]["bot_events"]),
    )
