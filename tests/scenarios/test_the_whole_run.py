"""A command is run from Slack: what it printed comes back to the thread, and a secret in it nowhere."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from tests.scenarios.given import SECOND, run_instances
from tests.scenarios.whole import Whole, the_whole

SECRET = "hunter2-hunter2"


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        yield there


def test_what_was_printed_is_in_the_thread_without_its_secrets(
    whole: Whole, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="toban")
    well, ill = run_instances(whole.aws, "prod", 2, env="prod")
    whole.aws.control.commands_say(f"Filesystem  Use%\nDB_PASSWORD={SECRET}\n/dev/xvda1  42%", well)
    whole.aws.control.commands_say(f"postgres://app:{SECRET}@db: refused", ill)
    whole.aws.control.fail_commands_on(ill)

    number = whole.asks('/run "df -h; env" on tag:env=prod')
    card = whole.card(number, "waiting for approval")
    assert 'run command "df -h; env" --on tag:env=prod' in str(card.blocks)
    whole.clicks(card, SECOND)
    assert whole.ended(number) == [State.PARTLY]

    whole.until(lambda: any(file.complete for file in whole.slack.files()))
    (file,) = whole.slack.files()
    posted = (file.content or b"").decode()
    assert "/dev/xvda1  42%" in posted
    assert "DB_PASSWORD=[redacted]" in posted
    assert "It returned 0 on 1 of 2 instances" in str(whole.card(number, "partly").blocks)

    with closing(sqlite3.connect(whole.folder / "toban.db")) as db:
        kept = "\n".join(db.iterdump())
    assert "[redacted]" in kept
    shown = str([message.blocks for message in whole.slack.messages(card.channel)])
    for where in (posted, kept, shown, caplog.text):
        assert SECRET not in where
