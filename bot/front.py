"""Slack's door: what people type and click, the forms, and the home tab."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bot.estate import Estate
from bot.house import House
from bot.language import Languages
from bot.settings import Settings
from bot.slack.alarms import Alarms
from bot.slack.asking import Asking
from bot.slack.comings import Comings
from bot.slack.connection import bolt
from bot.slack.doors import Doors
from bot.slack.forms import Forms
from bot.slack.home import Homes
from bot.slack.offers import Offers
from bot.slack.prompt import Took
from bot.slack.readers import Readers
from bot.slack.shortcuts import Shortcuts
from bot.slack.team import Team
from bot.slack.voices import Voices
from bot.slack.way import way

FIRST = 1.0  # seconds that all else gives Slack to answer in: side by side, each would be slower


class Front:
    """Everything that hears people."""

    def __init__(
        self, settings: Settings, team: Team, house: House, languages: Languages, took: Took | None
    ) -> None:
        """Ready to start; connects to nothing yet.  `took` hears how long each acknowledgement took."""
        self._house, self._team = house, team
        client, workspace, path = team.client, team.workspace, house.path
        app = bolt(client, workspace, settings.slack_signing_secret.get_secret_value())
        self._background = ThreadPoolExecutor(4, "background")
        self._opening = ThreadPoolExecutor(2, "opening")
        self._readers = readers = Readers(client, self._background)
        self.estate = Estate(path.aws, house.courtesy.give_way)
        voices = Voices(path, readers, languages, lambda: workspace.home)
        forms = Forms(path, client, self.estate, self._background, self._opening, voices)
        Doors(path, client, voices, self.estate, forms, house.is_worked).open(app)
        asking = Asking(path, voices)
        Shortcuts(path, asking).open(app)
        Offers(asking).open(app)
        Comings(path, lambda: workspace.bot_user, settings.reports).open(app)
        Alarms(path, voices, forms).open(app)
        homes = Homes(path, client, readers, languages, house.bell.ear(), lambda: workspace.url)
        homes.open(app)
        self.connection = way(settings, app, workspace, house.courtesy, self._learn, took)
        self._stop = threading.Event()
        self._homes = threading.Thread(target=homes.run, args=(self._stop,), name="home", daemon=True)
        self._reading = threading.Thread(
            target=self.estate.run, args=(self._stop,), name="estate", daemon=True
        )

    def start(self) -> None:
        """Open the door, and give Slack a moment to answer in."""
        self.connection.start()
        self.connection.connected.wait(FIRST)
        self._homes.start()
        self._reading.start()

    def close(self) -> None:
        """Take nothing new."""
        self.connection.stop()

    def stop(self) -> None:
        """Finish what is in hand."""
        self._stop.set()
        self._house.bell.ring()
        self._homes.join()
        self._reading.join(1.0)  # a reading is lost without harm, and AWS may take long to answer
        self._opening.shutdown(wait=True, cancel_futures=True)
        self._background.shutdown(wait=True, cancel_futures=True)

    def sockets(self) -> Iterator[tuple[bool, bool, float]]:
        """How each of them stands: connected, deaf, and silent for so many seconds."""
        return ((one.connected, one.deaf, one.silent) for one in self.connection.sockets())

    def trouble(self) -> str:
        """Why nothing comes in, and what to do, where no socket shows it; "" when all is well."""
        return self.connection.trouble()

    def _learn(self) -> None:
        """Before the first delivery: who is in the user groups; beside it: which languages people read."""
        self._team.learn()
        self._background.submit(self._learn_languages)

    def _learn_languages(self) -> None:
        for person in self._house.path.people.everybody():
            self._readers.language(person.id, lambda: "en")
