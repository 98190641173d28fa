"""The bot as a process on a PostgreSQL, killed at one moment and another: as on a file, it goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot.operation import State
from bot.settings import load_without_slack
from playground.aws.server import LocalAws
from tests.new_database import put_on
from tests.postgres import Server
from tests.scenarios.given import SECOND, instances, run_instances
from tests.scenarios.test_the_whole_killed import Process, kill, running
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(
    local_aws: LocalAws, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Whole]:
    monkeypatch.chdir(tmp_path)  # where its anchors lie
    url = put_on(postgres, tmp_path)
    with the_whole(local_aws, tmp_path, running=False) as there:
        yield there
    postgres.give_back(url)


def take_over(whole: Whole, process: Process) -> None:
    """Whoever was killed has the duty until its time runs out."""
    mine = "select 1 from flags where name = 'duty' and value::text like ?"
    whole.until(lambda: bool(whole.rows(mine, f"%:{process.pid}:%")), 20)


def test_killed_before_the_approval_and_while_aws_is_at_it_and_the_story_ends_once(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 2, env="prod")
    whole.aws.control.instances_take(stop=3600)
    with running(whole) as process:
        number = whole.asks("/ec2 stop tag:env=prod")
        card = whole.card(number, "waiting for approval")
        kill(whole, process)
    with running(whole) as process:
        take_over(whole, process)
        assert "carried out now" in whole.clicks(card, SECOND)
        whole.until(lambda: set(instances(whole.aws, "prod").values()) == {"stopping"})
        whole.until(lambda: whole.rows("select count(*) from waits") == [(2,)])
        whole.until(lambda: whole.rows("select id from operations where lease_until is not null") == [])
        kill(whole, process)
    whole.aws.control.advance(3601)
    with running(whole) as process:
        take_over(whole, process)
        assert whole.ended(number, timeout=40) == [State.DONE]
        kill(whole, process)
    assert set(instances(whole.aws, "prod").values()) == {"stopped"}
    assert whole.letters() == sorted(set(whole.letters()))
    assert whole.rows("select count(*) from audit where event = 'step.intended'") == [(2,)]
    seen, said = cli.verify(load_without_slack(whole.environ))
    assert (seen, said.endswith("and whole")) == (True, True)
