"""The story from its beginning to its end: everything is started, breaks, comes to rest, and is judged."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import cli, verbs
from bot.settings import load_without_slack
from playground.aws.front import Front
from playground.aws.server import LocalAws
from playground.slack.server import LocalSlack
from tests.chaos import estate
from tests.chaos.books import Books
from tests.chaos.demon import Demon
from tests.chaos.effects import Effects, calls_of
from tests.chaos.judge import Verdict, table
from tests.chaos.people import People
from tests.chaos.replicas import Replicas
from tests.new_database import put_new_database, url_in
from tests.postgres import Server

KEY = "k" * 32


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it."""

    operations: int
    pause: float  # seconds that a process stands still
    every: float  # seconds between two deeds of the demon's
    seed: int
    lasts: float  # seconds that it may take until all was asked
    rests: float  # seconds until all has ended
    lingers: bool  # whether there is what takes minutes by itself: plans that nobody agrees to, overrides


@dataclass
class Story:
    """Everybody in it."""

    size: Size
    slack: LocalSlack
    aws: LocalAws
    folder: Path
    server: Server | None
    replicas: Replicas
    people: People
    demon: Demon
    verdict: Verdict

    def play(self) -> None:
        """People ask while the demon is at work; then all comes to rest, and is judged."""
        began = time.monotonic()
        self.replicas.start()
        listening = sum(role != "worker" for role in self.replicas.roles)
        self.slack.socket.wait_for_connections(2 * listening, timeout=90)
        self.people.start()
        self.demon.start()
        self.people.wait(self.size.lasts)
        asked = time.monotonic()
        self.demon.stop()
        self._rest()
        self.people.stop()
        self.replicas.stop()
        counts = self.verdict.counts
        self.verdict.judge()
        counts |= self.people.counts | self.replicas.counts | self.demon.counts
        counts |= {f"Slack answered {kind}": n for kind, n in self.slack.faults.happened.items()}
        counts["seconds of trouble"] = round(asked - began)
        counts["seconds until all had ended"] = round(time.monotonic() - began)
        counts["seed"] = self.size.seed
        self._verify()

    def _rest(self) -> None:
        books, until = self.verdict.books, time.monotonic() + self.size.rests
        while books.under_way() or books.unsent():
            if time.monotonic() > until:
                return  # the verdict says what has not ended
            time.sleep(0.5)
        time.sleep(3.0)  # the keeper seals every two seconds

    def _verify(self) -> None:
        whole, said = cli.verify(load_without_slack(environ(self.slack, self.folder)))
        self.verdict.counts["audit log"] = said
        if not whole:
            self.verdict.wrong.append(said)

    def table(self) -> str:
        """The counts."""
        return table(self.verdict.counts)


def environ(slack: LocalSlack, folder: Path) -> dict[str, str]:
    """The variables that each process is started with."""
    return {
        "TOBAN_AUDIT_KEY": KEY,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "TOBAN_DATABASE_URL": url_in(folder),
        "TOBAN_CONFIG": str(folder / "toban.toml"),
    }


@contextmanager
def told(
    aws: LocalAws,
    folder: Path,
    server: Server | None,
    roles: Sequence[str],
    size: Size,
    patch: pytest.MonkeyPatch,
) -> Iterator[Story]:
    """A story that is about to begin; on a server the folder says where."""
    estate.write_config(folder, aws.url.removeprefix("http://"))
    put_new_database(folder)
    with LocalSlack() as slack:
        estate.furnish(slack)
        built = estate.build(aws, size.operations)
        books = Books(url_in(folder))
        effects = Effects(aws, books, calls_of(verbs.verbs().actions))
        patch.setattr(Front, "_carry_out", effects.attend(vars(Front)["_carry_out"]))
        replicas = Replicas(environ(slack, folder), folder, roles)
        people = People(slack, books, built, size.operations, size.seed, lingers=size.lingers)
        demon = Demon(slack, aws, replicas, server, size.seed, size.pause, size.every)
        verdict = Verdict(books, effects, people, replicas, slack)
        try:
            yield Story(size, slack, aws, folder, server, replicas, people, demon, verdict)
        finally:
            replicas.kill_all()
            people.stop()
            books.close()
