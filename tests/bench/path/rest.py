"""How much memory the bot holds when it has planned once over two accounts in two regions."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playground.slack.server import LocalSlack
from tests.bench import apps, environment
from tests.bench.figure import Figure
from tests.bench.stub import stub

LINE = "/ec2 list tag:service=db"
MOST_MB = 130


def measure() -> Sequence[Figure]:
    """What the kernel says some seconds after the answer; the database is there from an earlier start."""
    with (
        tempfile.TemporaryDirectory() as name,
        stub(instances=20) as aws,
        LocalSlack() as slack,
    ):
        with apps.toban(Path(name), aws.url, slack):
            pass  # the first start of all makes the database
        return [Figure("memory at rest", _after_a_plan(Path(name), aws.url, slack), MOST_MB, "MB")]


def _after_a_plan(folder: Path, aws_url: str, slack: LocalSlack) -> float:
    with apps.toban(folder, aws_url, slack) as bot:
        slack.as_person(environment.OPERATOR).types(apps.CHANNEL, LINE)
        slack.wait_for_ephemeral(apps.CHANNEL, environment.OPERATOR, timeout=30)
        time.sleep(4)
        return bot.process.resident_mb
