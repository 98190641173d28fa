"""One bot between a local Slack and a local AWS for all examples, and who listens to its crashes."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.aws.server import LocalAws
from tests.fuzz.deliveries import Deliveries
from tests.scenarios.given import run_instances
from tests.scenarios.whole import the_whole

HOME = "222222222222"


OURS = str(Path(__file__).parents[2])


class Crashes(logging.Handler):
    """Keeps every exception that came through toban's own code and was only caught at an edge.

    Bolt stumbles over some bodies before it calls a listener; it catches that itself, and nobody was called.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        trace = record.exc_info[2] if record.exc_info else None
        files = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(trace)]
        if any(file.startswith(OURS) and "/.venv/" not in file for file in files):
            self.found.append(self.format(record))


@pytest.fixture
def crashes() -> Iterator[list[str]]:
    """What crashed anywhere in the bot meanwhile."""
    listening = Crashes()
    logging.getLogger().addHandler(listening)
    yield listening.found
    logging.getLogger().removeHandler(listening)


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deliveries]:
    """A bot with one plan that waits, and what Slack delivered on the way there."""
    with LocalAws() as aws, pytest.MonkeyPatch.context() as patch:
        for name, value in aws.environment(HOME).items():
            patch.setenv(name, value)
        run_instances(aws, "prod", 2, env="prod")
        with the_whole(aws, tmp_path_factory.mktemp("fuzz")) as whole:
            yield Deliveries.record(whole)
