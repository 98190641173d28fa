"""A canary's alarm rings: the plan waits for people, the traffic goes, and comes home by a second line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.operation import Door, State
from bot.probe import Probe, Sample
from bot.trouble import Phase
from playground.aws.server import LocalAws
from tests.commands.failover.lab import AlwaysWell
from tests.happened import RULE, come
from tests.house import APPROVER, OPERATOR, OTHER, House, house
from tests.scenarios.conftest import DEV
from tests.scenarios.region_given import AWAY, HOME, NAME, route53, two_addresses, weights

AWAY_LINE = f"failover run region {NAME} --to oregon --stay"
REGION = replace(RULE, name="region", do=AWAY_LINE, owner=OPERATOR)
MATH = "arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:shop latency"


def _nobody(_asked: Sequence[Probe]) -> Sequence[Sample]:
    return ()


@pytest.fixture
def there(local_aws: LocalAws, tmp_path: Path) -> Iterator[House]:
    """Nobody watches by probes: the alarm is what is known of users."""
    with house(tmp_path, [DEV], rules=(REGION,), drills=lambda db: AlwaysWell(db, {}, _nobody)) as made:
        yield made


def agreed(there: House, number: int) -> None:
    """In production two other people agree."""
    for person in (APPROVER, OTHER):
        assert there.operation(number).state is State.WAITING
        there.click(number, person)
    there.work(passing=20, turns=3)


def test_latency_an_alarm_an_approval_the_other_region_and_home(there: House, local_aws: LocalAws) -> None:
    zone = two_addresses(local_aws)
    tags = [{"Key": "env", "Value": "prod"}]
    route53(local_aws).change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone, AddTags=tags)
    come(there, Phase.BEGINS, MATH, rule=REGION)
    there.engine.run_until_idle()
    asked = there.operation(1)
    assert (asked.ask.door, asked.ask.asker.person) == (Door.EVENT, OPERATOR)
    assert asked.ask.line == f"failover run region {NAME} --to oregon --stay"
    assert asked.state is State.WAITING
    assert weights(local_aws, zone) == {HOME: 1, AWAY: 0}
    agreed(there, 1)
    assert there.operation(1).state is State.DONE
    assert weights(local_aws, zone) == {HOME: 0, AWAY: 100}
    home = there.asked(f"/failover run region {NAME} --to tokyo --stay")
    agreed(there, home)
    assert weights(local_aws, zone) == {HOME: 100, AWAY: 0}


def test_the_same_alarm_again_asks_nothing_twice(there: House, local_aws: LocalAws) -> None:
    two_addresses(local_aws)
    for _ in range(2):
        come(there, Phase.BEGINS, MATH, rule=REGION)
    there.engine.run_until_idle()
    assert there.operation(1).state is not State.WAITING
    with pytest.raises(AssertionError):
        there.operation(2)
