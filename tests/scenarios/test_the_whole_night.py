"""At night nobody clicks: what a schedule may do was agreed to before; the rest waits, or is disabled."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.operation import State
from jobs.due import next_due
from playground.aws.server import LocalAws
from tests.scenarios.given import ENGLISH, OPERATOR, SECOND, instances, members, run_instances, snapshots
from tests.scenarios.whole import Whole, letter_of, the_whole

NOW = datetime.now(UTC).astimezone(ZoneInfo("Asia/Tokyo"))
FAR, MORNING = f"{NOW + timedelta(hours=11):%H:%M}", f"{NOW + timedelta(hours=15):%H:%M}"
"""Times of day at which no test runs, so that only a test pushes the clock there."""
SCHEDULES = f"""
[schedules.nightly]
line = "snapshot create tag:Backup=daily --account prod --keep 1"
days = "daily"
time = "{FAR}"
channel = "{ENGLISH}"
owner = "{OPERATOR}"
most_deletions = 1

[schedules.off]
line = "ec2 stop tag:env=prod"
days = "daily"
time = "{FAR}"
channel = "{ENGLISH}"
owner = "{OPERATOR}"
"""
BACKUPS = f"""
[schedules.backups]
line = "backup tonight --account prod --keep 1"
days = "daily"
time = "{FAR}"
channel = "{ENGLISH}"
owner = "{OPERATOR}"
most_deletions = 2
grace = "1h"

[schedules.report]
line = "backup report"
days = "daily"
time = "{MORNING}"
channel = "{ENGLISH}"
owner = "{OPERATOR}"
"""


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, config=SCHEDULES, speed=10) as there:
        yield there


@pytest.fixture
def backups(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    """A server is protected, a night and its report are agreed to, and the first night was good."""
    with the_whole(local_aws, tmp_path, config=BACKUPS, speed=10) as there:
        run_instances(there.aws, "prod", 1, env="prod", Backup="nightly")
        agree(there, "backups")
        assert there.ended(night_comes(there, "backups")) == [State.DONE]
        yield there


def agree(whole: Whole, schedule: str) -> None:
    assert whole.ended(whole.asks(f"/schedule approve {schedule}", SECOND)) == [State.DONE]


def night_comes(whole: Whole, schedule: str) -> int:
    """Push the clock to the next run of a schedule; returns the operation that began, 0 for none."""
    clock, path = whole.worker.clock, whole.bot.house.path
    due = next_due(path.schedules[schedule], whole.time())
    assert due is not None
    whole.time.push(seconds=(due - whole.time()).total_seconds() + 1)
    clock.ask_due(whole.time())
    begun = whole.rows("select id from asks where schedule = ? order by id desc", schedule)
    return int(begun[0][0]) if begun else 0


def test_nobody_clicks_for_a_schedule_that_was_agreed_to(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    agree(whole, "off")
    number = night_comes(whole, "off")
    assert whole.ended(number) == [State.DONE]
    assert set(instances(whole.aws, "prod").values()) == {"stopped"}
    assert "stop 1 of 1 instance" in whole.card(number, "done").text
    assert f"<@{OPERATOR}>" in whole.reply(number, "end").text
    assert whole.rows("select count(*) from approvals") == [(0,)]


def test_a_schedule_that_nobody_agreed_to_waits_for_a_click(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = night_comes(whole, "off")
    assert f"<@{SECOND}>" in whole.reply(number, "approve").text
    assert set(instances(whole.aws, "prod").values()) == {"running"}
    whole.clicks(whole.card(number, "waiting"), SECOND)
    assert whole.ended(number) == [State.DONE]
    assert set(instances(whole.aws, "prod").values()) == {"stopped"}


def test_generations_go_within_the_cap_and_wait_above_it(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod", Backup="daily")
    agree(whole, "nightly")
    assert whole.ended(night_comes(whole, "nightly")) == [State.DONE]
    assert len(snapshots(whole.aws, "prod")) == 1
    assert whole.ended(night_comes(whole, "nightly")) == [State.DONE]
    assert len(snapshots(whole.aws, "prod")) == 1
    assert whole.aws.control.count("DeleteSnapshot") == 1

    run_instances(whole.aws, "prod", 1, env="prod", Backup="daily")
    assert whole.ended(night_comes(whole, "nightly")) == [State.DONE]
    number = night_comes(whole, "nightly")
    card = whole.card(number, "waiting for approval")
    assert whole.aws.control.count("DeleteSnapshot") == 2
    whole.clicks(card, SECOND)
    assert whole.ended(number) == [State.DONE]
    assert len(snapshots(whole.aws, "prod")) == 2


def reported(whole: Whole) -> str:
    """What the channel reads in the morning."""
    number = night_comes(whole, "report")
    assert whole.ended(number) == [State.ANSWERED]
    query = "select id from outbox where operation = ? and kind = 'answer'"
    ((letter,),) = whole.rows(query, number)
    return whole.slack.wait_for_message(ENGLISH, lambda m: letter_of(m) == letter).text


def test_a_night_that_failed_keeps_the_last_good_one_and_is_red_in_the_morning(backups: Whole) -> None:
    good = snapshots(backups.aws, "prod")
    assert "the one volume or instance. 1 new generation." in reported(backups)
    backups.aws.control.fail_snapshots(1)
    assert backups.ended(night_comes(backups, "backups")) == [State.FAILED]
    assert backups.aws.control.count("DeleteSnapshot") == 0
    assert len(snapshots(backups.aws, "prod")) == len(good) + 1
    said = reported(backups)
    assert said.startswith("🔴")
    assert f"<@{OPERATOR}>" in said


def test_a_night_that_was_missed_is_red_in_the_morning(backups: Whole) -> None:
    due = next_due(backups.bot.house.path.schedules["backups"], backups.time())
    assert due is not None
    backups.stop()
    backups.time.push(seconds=(due - backups.time()).total_seconds() + 2 * 3600)
    backups.start()
    said = reported(backups)
    assert said.startswith(f"🔴 <@{OPERATOR}>: No backups in the night of")
    assert len(snapshots(backups.aws, "prod")) == 1


def test_a_schedule_whose_owner_left_is_disabled_loudly_and_once(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    agree(whole, "off")
    members(whole.slack, "S0OPERATORS", SECOND)
    whole.bot.team.learn()
    assert night_comes(whole, "off") == 0
    loud = "the schedule off is disabled, nothing was done"
    told = whole.slack.wait_for_message(ENGLISH, lambda m: loud in m.text)
    assert f"<@{OPERATOR}>" in told.text

    assert night_comes(whole, "off") == 0
    whole.until(whole.all_sent)
    assert sum(loud in each.text for each in whole.slack.messages(ENGLISH)) == 1
    assert whole.rows(
        "select count(*) from audit where event = 'schedule.disabled' and detail like 'off%'"
    ) == [(1,)]
    assert whole.aws.control.count("StopInstances") == 0
