"""toban's processes with a workspace and an AWS of their own: one on a file, or several on one server."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playground.aws.answer import Answer
from playground.aws.call import Call
from playground.aws.stub.server import StubAws
from playground.aws.stub.size import Size
from playground.aws.stub.state import State
from playground.slack.people import Channel
from playground.slack.seeds import BOT
from playground.slack.server import LocalSlack
from tests.bench import environment
from tests.bench.child import Child, child
from tests.chaos.books import Books
from tests.new_database import put_new_database, put_on, url_in
from tests.postgres import Server, server

INSTANCES = 240  # in each place; every fourth is of production
CHANNELS = tuple(f"C0CREW{number:02}" for number in range(24))
PRELOAD = "alter system set shared_preload_libraries = 'pg_stat_statements'"
STATEMENTS = "select coalesce(sum(calls), 0) from pg_stat_statements"


@dataclass(slots=True)
class Noting(State):
    """A stub that notes when each instance is stopped first."""

    stopped: dict[str, float] = field(default_factory=dict)  # by the monotonic clock

    def answer(self, call: Call) -> Answer:
        """Answer one call and count it."""
        if call.action == "StopInstances":
            for one in call.values("InstanceId"):
                self.stopped.setdefault(one, time.monotonic())
        return State.answer(self, call)


@dataclass(frozen=True, slots=True)
class Crew:
    """Processes that are connected."""

    slack: LocalSlack
    processes: tuple[Child, ...]
    books: Books
    stopped: dict[str, float]  # instance -> when it was stopped first, by the monotonic clock

    @property
    def on_a_server(self) -> bool:
        """Whether their database is on one."""
        return len(self.processes) > 1

    def ended(self, operations: int, seconds: float = 120) -> None:
        """Return when so many operations have ended.  Raises TimeoutError."""
        until(lambda: self.books.asked() >= operations and not self.books.under_way(), seconds)


@contextmanager
def on_a_file() -> Iterator[Crew]:
    """One process."""
    with tempfile.TemporaryDirectory() as name:
        put_new_database(Path(name))
        with _at_work(Path(name), 1) as crew:
            yield crew


@contextmanager
def on_a_server(count: int) -> Iterator[Crew]:
    """So many replicas; the server counts their statements."""
    with tempfile.TemporaryDirectory() as name, server() as running:
        _counting(running)
        put_on(running, Path(name))
        database = url_in(Path(name)).partition("@/")[2].partition("?")[0]
        running.run("create extension pg_stat_statements", database)
        with _at_work(Path(name), count) as crew:
            yield crew


def _counting(running: Server) -> None:
    running.run(PRELOAD)
    running.stop("fast")
    running.start()


@contextmanager
def _at_work(folder: Path, count: int) -> Iterator[Crew]:
    with ExitStack() as stack:
        slack = stack.enter_context(LocalSlack())
        for each in CHANNELS:
            slack.workspace.channels[each] = Channel(each, each.lower(), {BOT.user_id, *slack.people})
        state = Noting(Size(INSTANCES))
        aws = stack.enter_context(StubAws(state=state))
        variables = environment.slack(slack) | environment.aws(aws.url) | environment.toban(folder)
        variables |= {"TOBAN_DATABASE_URL": url_in(folder), "TOBAN_AUDIT_KEY": "k" * 32}
        log = folder / "bot.log"
        processes = tuple(
            stack.enter_context(child("bot", "run", environment=variables, log=log, cwd=folder))
            for _ in range(count)
        )
        slack.socket.wait_for_connections(2 * count, timeout=60)
        books = Books(url_in(folder))
        stack.callback(books.close)
        yield Crew(slack, processes, books, state.stopped)


def until(holds: Callable[[], bool], seconds: float) -> None:
    """Return when it holds.  Raises TimeoutError."""
    over = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > over:
            raise TimeoutError("it does not come to its end")
        time.sleep(0.05)
