"""A run by the clock: agreed to once, nobody clicks, and what came of it is told in the channel."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.arguments import UsageError
from bot.operation import State
from bot.schedule import Schedule
from bot.store import schedules, tellings
from bot.store.outbox import Mail
from bot.store.schema import outbox
from jobs.asking import run_now
from playground.aws.server import LocalAws
from tests.commands.desk import DEV, Desk
from tests.house import APPROVER, CHANNEL, OTHER, house

LOAD = Schedule(
    "load",
    'run command "vmstat 5 3" --on tag:env=dev',
    ("daily",),
    "12:00",
    "Asia/Tokyo",
    CHANNEL,
    OTHER,
    most_deletions=2,
)


@pytest.fixture
def noon(local_aws: LocalAws, tmp_path: Path) -> Iterator[Desk]:
    """A desk with a schedule that somebody agreed to."""
    with house(tmp_path, [DEV], schedules=[LOAD]) as there:
        now = there.path.now()
        there.path.db.write(lambda tx: schedules.approve(tx, LOAD.name, LOAD.digest, APPROVER, now))
        yield Desk(there, local_aws)


def test_what_was_agreed_to_runs_without_a_click_and_its_file_is_posted(noon: Desk) -> None:
    noon.run(2, env="dev")
    noon.local.control.commands_say(" r  b   swpd\n 1  0      0")
    run_now(noon.house.path, LOAD, "today")
    noon.house.work(passing=10, turns=3)
    assert noon.house.operation(1).state is State.DONE
    told = noon.house.path.db.read(lambda tx: tellings.of(tx, 1))
    assert told is not None
    assert told.file is not None
    assert told.file.text.count("swpd") == 2
    posted = noon.house.path.db.read(lambda tx: tx.execute(select(outbox.c.kind)).scalars().all())
    assert Mail.FILE in posted


def test_on_more_instances_than_were_agreed_to_it_waits_for_a_click(noon: Desk) -> None:
    noon.run(3, env="dev")
    run_now(noon.house.path, LOAD, "today")
    noon.house.work(passing=10)
    assert noon.house.operation(1).state is State.WAITING
    assert noon.local.control.commands_sent() == ()


def test_a_schedule_with_a_secret_on_its_line_is_refused_before_it_is_stored(noon: Desk) -> None:
    with pytest.raises(UsageError, match="looks like a secret"):
        noon.parse('/schedule add "daily 12:00" /run "PGPASSWORD=hunter2 psql" on tag:env=dev')
