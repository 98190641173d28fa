"""Starting: who may do what is known before anybody can ask, also when Slack stumbles just then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from tests.scenarios.given import run_instances
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, running=False) as there:
        yield there
        there.stop()


def test_who_is_in_which_group_is_known_before_the_first_delivery_can_come(whole: Whole) -> None:
    whole.start()
    said = [line.name for line in whole.slack.wire.lines(way="out")]
    assert said.count("usergroups.users.list") == 2
    assert max(at for at, name in enumerate(said) if name == "usergroups.users.list") < said.index("hello")


def test_groups_that_slack_would_not_tell_at_the_start_are_asked_for_again(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    whole.slack.faults.answer("usergroups.users.list", status=500, times=2)
    whole.start()
    assert whole.ended(whole.asks("/ec2 stop tag:env=dev")) == [State.DONE]


def test_it_starts_while_slack_is_away_and_connects_when_it_is_back(whole: Whole) -> None:
    run_instances(whole.aws, "dev", 1, env="dev")
    whole.slack.faults.cut("apps.connections.open", times=1)
    whole.start()
    assert whole.ended(whole.asks("/ec2 stop tag:env=dev")) == [State.DONE]
