"""A schedule from chat, over real wires: one person adds it, another agrees, and the clock does the rest."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.operation import State
from jobs.due import next_due
from playground.aws.server import LocalAws
from tests.scenarios.given import ENGLISH, OPERATOR, SECOND, instances, run_instances
from tests.scenarios.whole import Whole, the_whole

FAR = f"{datetime.now(UTC).astimezone(ZoneInfo('Asia/Tokyo')) + timedelta(hours=11):%H:%M}"
"""A time of day at which no test runs, so that only a test pushes the clock there."""
ADD = f'/schedule add "daily {FAR}" /ec2 stop tag:env=prod --name off'


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, speed=10) as there:
        run_instances(there.aws, "prod", 1, env="prod")
        yield there


def done(whole: Whole, line: str) -> None:
    assert whole.ended(whole.asks(line)) == [State.DONE]


def add(whole: Whole) -> None:
    """One person asks, another agrees."""
    number = whole.asks(ADD)
    whole.clicks(whole.card(number, "waiting for approval"), SECOND)
    assert whole.ended(number) == [State.DONE]


def night_comes(whole: Whole) -> int:
    """Push the clock past the next due time; returns how many runs there were so far."""
    due = next_due(whole.bot.house.path.schedules["off"], whole.time())
    assert due is not None
    whole.time.push(seconds=(due - whole.time()).total_seconds() + 1)
    whole.worker.clock.ask_due(whole.time())
    ((count,),) = whole.rows("select count(*) from asks where schedule = 'off'")
    return int(count)


def run(whole: Whole) -> int:
    ((number,),) = whole.rows("select max(id) from asks where schedule = 'off'")
    return int(number)


def test_added_agreed_run_skipped_paused_removed_and_a_restart_changes_nothing(whole: Whole) -> None:
    add(whole)
    assert night_comes(whole) == 1
    assert whole.ended(run(whole)) == [State.DONE]
    assert set(instances(whole.aws, "prod").values()) == {"stopped"}
    assert whole.card(run(whole)).channel == ENGLISH

    done(whole, "/schedule skip next off")
    whole.restart()
    assert night_comes(whole) == 1
    assert night_comes(whole) == 2
    whole.ended(run(whole))

    done(whole, "/schedule pause off")
    assert night_comes(whole) == 2
    done(whole, "/schedule resume off")
    assert night_comes(whole) == 3
    whole.ended(run(whole))

    done(whole, "/schedule remove off")
    whole.restart()
    assert "off" not in whole.bot.house.path.schedules
    assert "「off」" in whole.types("/schedule run off").shown


def test_the_home_tab_shows_it_as_soon_as_it_is_there_and_as_long(whole: Whole) -> None:
    whole.slack.as_person(SECOND).opens_home()
    add(whole)
    whole.until(lambda: "off, next at" in tab(whole))
    done(whole, "/schedule pause off")
    whole.until(lambda: "off, next at" not in tab(whole))


def tab(whole: Whole) -> str:
    """What the home tab of somebody who reads English shows."""
    shown = whole.slack.home(SECOND)
    return json.dumps(shown.blocks) if shown else ""


def test_an_owner_who_left_is_noticed_at_night_and_the_channel_is_told_what_to_do(whole: Whole) -> None:
    add(whole)
    whole.slack.workspace.deactivate(OPERATOR)
    assert night_comes(whole) == 0
    told = whole.slack.wait_for_message(ENGLISH, lambda m: "is disabled" in m.text).text
    assert f"<@{OPERATOR}> is no longer in this workspace" in told
    assert f'/schedule add "daily {FAR} Asia/Tokyo" --name off "/ec2 stop tag:env=prod"' in told
    assert set(instances(whole.aws, "prod").values()) == {"running"}
