"""The disk is full: commands and clicks are refused in words, nothing is half written, then it goes on.

A limit on the size of the files that the bot's process writes stands for the disk (RLIMIT_FSIZE, prlimit(2)).
"""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot.operation import State
from bot.settings import load_without_slack
from playground.aws.server import LocalAws
from tests.scenarios.given import SECOND, instances, run_instances
from tests.scenarios.test_the_whole_killed import Process, running
from tests.scenarios.whole import Whole, the_whole

TABLES = ("asks", "operations", "steps", "approvals", "batches", "deliveries", "outbox")
SAID, IN_JAPANESE = (
    "cannot write anything down now, so nothing was done",
    "何も保存できないため、何も実行していません",
)
ANY = resource.RLIM_INFINITY


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, running=False) as there:
        yield there


def room(process: Process, size: int) -> None:
    """So large may its files become."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, ANY))


def counts(whole: Whole) -> list[int]:
    return [whole.rows(f"select count(*) from {table}")[0][0] for table in TABLES]


def test_commands_and_clicks_are_refused_in_words_and_later_all_goes_on(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    with running(whole) as process:
        number = whole.asks("/ec2 stop tag:env=prod")
        card = whole.card(number, "waiting for approval")
        whole.until(whole.all_sent)
        before = counts(whole)

        room(process, 1)
        assert IN_JAPANESE in whole.types("/ec2 start tag:env=prod").shown
        assert SAID in whole.clicks(card, SECOND)
        assert counts(whole) == before
        assert set(instances(whole.aws, "prod").values()) == {"running"}

        room(process, ANY)
        assert "carried out now" in whole.clicks(card, SECOND)
        assert whole.ended(number, timeout=40) == [State.DONE]
    assert cli.verify(load_without_slack(whole.environ))[0]
