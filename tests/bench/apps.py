"""Slack apps under measurement, each with a local workspace of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playground.slack.server import LocalSlack
from tests.bench import environment
from tests.bench.child import Child, child
from tests.bench.load import Typed

CHANNEL = "C0OPS"


@dataclass(frozen=True, slots=True)
class Running:
    """An app that is connected."""

    slack: LocalSlack
    process: Child

    def typed(self, lines: Sequence[str], count: int) -> list[Typed]:
        """So many commands of one operator, these lines in turn, not typed yet."""
        person = self.slack.as_person(environment.OPERATOR)
        return [partial(person.types, CHANNEL, lines[number % len(lines)]) for number in range(count)]


@contextmanager
def toban(folder: Path, aws_url: str, slack: LocalSlack) -> Iterator[Running]:
    """The bot as its users run it, connected by both its sockets."""
    variables = environment.slack(slack) | environment.aws(aws_url) | environment.toban(folder)
    with child("bot", "run", environment=variables, log=folder / "bot.log") as process:
        slack.socket.wait_for_connections(2, timeout=30)
        yield Running(slack, process)


@contextmanager
def bare(folder: Path, aws_url: str, slack: LocalSlack) -> Iterator[Running]:
    """The bare Bolt app that commits one row a command."""
    variables = environment.slack(slack) | environment.aws(aws_url)
    module = ("tests.bench.children.bare_bolt", str(folder / "bare.db"))
    with child(*module, environment=variables, log=folder / "bare.log") as process:
        slack.socket.wait_for_connections(1, timeout=30)
        yield Running(slack, process)
