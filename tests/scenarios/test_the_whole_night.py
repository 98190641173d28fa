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
from tests.scenarios.whole import Whole, the_whole

FAR = f"{datetime.now(UTC).astimezone(ZoneInfo('Asia/Tokyo')) + timedelta(hours=11):%H:%M}"
"""A time of day at which no test runs, so that only a test pushes the clock there."""
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


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, config=SCHEDULES, speed=10) as there:
        yield there


def agree(whole: Whole, schedule: str) -> None:
    assert whole.ended(whole.asks(f"/schedule approve {schedule}", SECOND)) == [State.DONE]


def night_comes(whole: Whole, schedule: str) -> int:
    """Push the clock to the next run of a schedule; returns the operation that began, 0 for none."""
    clock, path = whole.bot.clock, whole.bot.house.path
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


def test_a_schedule_whose_owner_left_is_disabled_loudly_and_once(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    agree(whole, "off")
    members(whole.slack, "S0OPERATORS", SECOND)
    whole.bot.user_groups.refresh(whole.bot.groups)
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
