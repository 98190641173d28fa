"""How long from the start of the process to the first open socket, beside a bare Bolt app with boto3."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playground.slack.server import LocalSlack
from tests.bench import environment
from tests.bench.child import child
from tests.bench.figure import Figure, times
from tests.bench.spread import median

STARTS = 7  # of each, in turn
NOWHERE = "http://127.0.0.1:9"  # an AWS that is not asked


def measure() -> Sequence[Figure]:
    """The database exists already: the first start of all is not counted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _bot(folder)
        pairs = [(_bot(folder), _bare()) for _ in range(STARTS)]
    bot, bare = (median(column) for column in zip(*pairs, strict=True))
    return [times("start to connected, median", bot, bare, 2, unit="ms", of="bare Bolt with boto3")]


def _bot(folder: Path) -> float:
    with LocalSlack() as slack:
        variables = environment.slack(slack) | environment.aws(NOWHERE) | environment.toban(folder)
        return _until_connected(slack, variables, folder, "bot", "run")


def _bare() -> float:
    with LocalSlack() as slack, tempfile.TemporaryDirectory() as name:
        variables = environment.slack(slack) | environment.aws(NOWHERE)
        return _until_connected(slack, variables, Path(name), "tests.bench.children.bare_bolt")


def _until_connected(slack: LocalSlack, variables: dict[str, str], folder: Path, *module: str) -> float:
    """Milliseconds until Slack's side has one connection open."""
    begin = time.monotonic()
    with child(*module, environment=variables, log=folder / "start.log"):
        slack.socket.wait_for_connections(1, timeout=30)
        return (time.monotonic() - begin) * 1000
