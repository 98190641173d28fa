"""The whole: a local Slack, a local AWS and the real bot between them, and hands to use them with."""

import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.config.http import PATH
from bot.front import Front
from bot.operation import ENDS, State
from bot.settings import load
from bot.store.visit import visit
from bot.wiring import Bot
from bot.worker import Worker
from playground.aws.server import LocalAws
from playground.slack.message import Message
from playground.slack.office import Outcome
from playground.slack.server import LocalSlack
from tests.new_database import ELSEWHERE, put_new_database, url_in
from tests.scenarios.given import ENGLISH, FIFTH, OPERATOR, Time, hire, write_config


@dataclass
class Whole:
    """Everything, over real wires.  A bot runs in this process between `start` and `stop`."""

    slack: LocalSlack
    aws: LocalAws
    folder: Path
    time: Time
    patience: int = 10  # seconds the bot gives Slack for an answer
    by_http: bool = False  # Slack's deliveries come as signed requests
    token: dict[str, str] = field(default_factory=dict)  # what toban is given to speak with; as Slack has it
    bots: list[Bot] = field(default_factory=list)

    @property
    def bot(self) -> Bot:
        """The one that runs, or ran last."""
        return self.bots[-1]

    @property
    def front(self) -> Front:
        """Its Slack's door."""
        assert self.bot.front is not None
        return self.bot.front

    @property
    def worker(self) -> Worker:
        """What works in it."""
        assert self.bot.worker is not None
        return self.bot.worker

    @property
    def elsewhere(self) -> bool:
        """Whether its database is no file of its folder."""
        return (self.folder / ELSEWHERE).exists()

    @property
    def environ(self) -> dict[str, str]:
        """The variables a bot of this workspace is started with."""
        own = {"TOBAN_AUDIT_KEY": "k" * 32} if self.elsewhere else {}
        return {
            **own,
            **(self.token or {"SLACK_BOT_TOKEN": self.slack.bot_token}),
            **self.way,
            "SLACK_API_URL": self.slack.api_url,
            "TOBAN_DATABASE_URL": url_in(self.folder),
            "TOBAN_CONFIG": str(self.folder / "toban.toml"),
        }

    @property
    def way(self) -> dict[str, str]:
        """What lets Slack in: by sockets, or by HTTP."""
        if self.by_http:
            return {"SLACK_SIGNING_SECRET": self.slack.signing_secret}
        return {"SLACK_APP_TOKEN": self.slack.app_token}

    # -- the bot -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start a bot in this process, and return when it is connected and knows who is who."""
        bot = Bot(load(self.environ), self.time, self.patience)
        self.bots.append(bot)
        bot.start()
        if self.by_http:
            self.until(self.front.connection.connected.is_set)
        else:
            self.slack.socket.wait_for_connections(2, timeout=10)
        self.until(lambda: len(list(bot.house.path.people.everybody())) >= 3)

    def stop(self) -> None:
        """Stop it as SIGTERM would."""
        self.bot.stop()

    def restart(self) -> None:
        """Stop it, and start another over the same database."""
        self.stop()
        self.start()

    # -- people --------------------------------------------------------------------------------------

    def asks(self, line: str, person: str = OPERATOR, channel: str = ENGLISH) -> int:
        """Type a slash command that is taken; returns the operation's number."""
        told = self.types(line, person, channel)
        assert told.shown == "", told.shown
        return self.number(f"slash:{told.payload['trigger_id']}")

    def types(self, line: str, person: str = OPERATOR, channel: str = ENGLISH) -> Outcome:
        """Type a slash command; it is acknowledged in time."""
        told = self.slack.as_person(person).types(channel, line)
        assert told.acked, told.why
        return told

    def clicks(self, card: Message, person: str, button: str = "toban.approve") -> str:
        """Click on a card; returns the one sentence that only the clicker reads for it."""
        before = {each.ts for each in self.slack.ephemerals(card.channel, person)}
        assert self.slack.as_person(person).clicks(card, button).acked
        return self.answer(card.channel, person, before)

    def answer(self, channel: str, person: str, before: set[str]) -> str:
        """What only this person reads now and did not read before."""
        return self.slack.wait_for_ephemeral(channel, person, lambda m: m.ts not in before).text

    # -- what there is to see ------------------------------------------------------------------------

    def until(self, holds: Callable[[], bool], timeout: float = 10.0) -> None:
        """Return when something holds.  Raises TimeoutError."""
        self.slack.wait_until(holds, timeout)

    def card(self, number: int, state: str = "") -> Message:
        """The operation's one message, once it shows this state."""
        return self._message(number, f"card:{number}:", state)

    def reply(self, number: int, about: str) -> Message:
        """What was said about it in its card's thread."""
        return self._message(number, f"reply:{number}:{about}")

    def _message(self, number: int, key: str, says: str = "") -> Message:
        query = "select id, channel from outbox where operation = ? and key = ?"
        self.until(lambda: bool(self.rows(query, number, key)))
        letter, channel = self.rows(query, number, key)[0]

        def is_it(message: Message) -> bool:
            return letter_of(message) == letter and says in message.text

        return self.slack.wait_for_message(channel, is_it, timeout=20)

    def letters(self) -> list[int]:
        """The letters of the outbox that stand in channels, one for each message that carries one."""
        said = [each for channel in self.slack.workspace.channels for each in self.slack.messages(channel)]
        return sorted(letter for each in said if (letter := letter_of(each)))

    def all_sent(self) -> bool:
        """Whether no letter waits."""
        return self.rows("select count(*) from outbox where next_try is not null") == [(0,)]

    def ended(self, *numbers: int, timeout: float = 10.0) -> list[State]:
        """How these operations ended, once they have and all is said."""
        self.until(lambda: all(self.state(number) in ENDS for number in numbers), timeout)
        self.until(self.all_sent, timeout)
        return [self.state(number) for number in numbers]

    # -- rows ----------------------------------------------------------------------------------------

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the bot's database beside it."""
        if self.elsewhere:
            with closing(visit(url_in(self.folder))) as server:
                return [tuple(row) for row in server.exec_driver_sql(query.replace("?", "%s"), values)]
        with closing(sqlite3.connect(f"file:{self.folder}/toban.db?mode=ro", uri=True)) as tx:
            return [tuple(row) for row in tx.execute(query, values)]

    def number(self, key: str) -> int:
        """The operation of one delivery."""
        ((number,),) = self.rows("select id from asks where key = ?", key)
        return int(number)

    def state(self, number: int) -> State:
        """Where an operation stands."""
        ((state,),) = self.rows("select state from operations where id = ?", number)
        return State(state)


def letter_of(message: Message) -> int:
    """The outbox id a message carries unseen; 0 when it carries none."""
    payload = (message.metadata or {}).get("event_payload")
    return int(payload["outbox"]) if isinstance(payload, dict) and "outbox" in payload else 0


HTTP = """
[http]
url = "{url}"
listen = "{listen}"
"""


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
    return found


@contextmanager
def the_whole(
    aws: LocalAws,
    folder: Path,
    *,
    config: str = "",
    speed: float = 1.0,
    patience: int = 10,
    running: bool = True,
    by_http: bool = False,
) -> Iterator[Whole]:
    """A workspace of five, two empty accounts, and the bot; `config` is added to its config file."""
    url = f"http://127.0.0.1:{free_port()}" if by_http else ""
    write_config(folder, config + (HTTP.format(url=url, listen=url[7:]) if url else ""))
    put_new_database(folder)
    time = Time(speed)
    with LocalSlack(clock=time, request_url=url and f"{url}{PATH}") as slack:
        hire(slack, FIFTH, "S0OPERATORS")
        there = Whole(slack, aws, folder, time, patience, by_http=by_http)
        if running:
            there.start()
        try:
            yield there
        finally:
            if running:
                there.stop()
