"""The workshop's story: answers are late, an alarm rings, people agree, the traffic leaves, and comes home.

The latency is a failure test of its own; the alarm's rule asks for an evacuation, which is none.  Alarms of
the local AWS do not evaluate: its event is put in as EventBridge would bring it.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.event import Event
from bot.flow import troubles
from bot.operation import Door, Operation, State
from bot.trouble import Rule, Seen
from jobs.readings.read import read
from playground.aws.server import LocalAws
from tests.commands.desk import DEV, TOKYO, Desk
from tests.commands.failover.lab import PROBE, AlwaysWell, tried
from tests.house import APPROVER, CHANNEL, OPERATOR, OTHER, house
from tests.scenarios.region_given import AWAY, HOME, NAME, records, route53, two_addresses, weights

SLOW = "/failover run latency tag:service=web --delay 800ms --for 30m"
LEAVE = f"failover run region {NAME} --to oregon --stay"
RULE = Rule("evacuate", {"source": ["aws.cloudwatch"]}, CHANNEL, owner=OPERATOR, do=LEAVE)


@pytest.fixture
def lab(local_aws: LocalAws, tmp_path: Path) -> Iterator[Desk]:
    with house(
        tmp_path, [DEV], rules=[RULE], drills=lambda db: AlwaysWell(db, {PROBE.name: PROBE}, tried)
    ) as there:
        yield Desk(there, local_aws)


def alarm(lab: Desk, state: str = "ALARM") -> None:
    """What EventBridge brings when the alarm on the canary's latency changes."""
    at, before = lab.house.time.at, "OK" if state == "ALARM" else "ALARM"
    detail = {
        "alarmName": "shop-latency",
        "state": {"value": state, "reason": "latency is above the band", "timestamp": at.isoformat()},
        "previousState": {"value": before, "timestamp": at.isoformat()},
        "configuration": {"metrics": []},
    }
    envelope = {
        "source": "aws.cloudwatch",
        "detail-type": "CloudWatch Alarm State Change",
        "resources": [f"arn:aws:cloudwatch:{TOKYO}:{DEV.id}:alarm:shop-latency"],
        "detail": detail,
    }
    event = Event(f"alarm/{state}/{at.isoformat()}", DEV.name, TOKYO, at, envelope)
    troubles.take_in(lab.house.path, "queue", [Seen(event, read(event), RULE)])
    lab.house.work()


def leaving(lab: Desk) -> Operation:
    """What the rule asked for."""
    found = lab.house.path.troubles.get(1)
    assert found is not None
    assert found.operation is not None
    return lab.house.operation(found.operation)


def production(lab: Desk) -> str:
    """The name's hosted zone, of production: two other people have to agree."""
    zone = two_addresses(lab.local)
    tags = [{"Key": "env", "Value": "prod"}]
    route53(lab.local).change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone, AddTags=tags)
    return zone


def work(lab: Desk, turns: int = 8) -> None:
    for _ in range(turns):
        lab.local.control.advance(20)
        lab.house.work(passing=20)


def test_a_region_that_answers_late_is_left_by_a_click_and_gone_home_to(lab: Desk) -> None:
    zone = production(lab)
    before = records(lab.local, zone)
    lab.run(2, service="web", **{"toban:chaos": "allowed"})
    slow = lab.see_through(SLOW, turns=4, passing=10)
    assert lab.house.operation(slow).state is State.RUNNING
    alarm(lab)
    asked = leaving(lab)
    assert (asked.ask.door, asked.ask.asker.person) == (Door.EVENT, OPERATOR)
    assert (asked.state, asked.needs) == (State.WAITING, 2)
    assert weights(lab.local, zone)[AWAY] == 0
    for person in (APPROVER, OTHER):
        lab.house.click(asked.number, person)
    work(lab)
    assert weights(lab.local, zone)[HOME] == 0
    lab.house.cancel(slow)
    work(lab)
    alarm(lab, "OK")
    home = lab.house.asked(f"/failover run region {NAME} --to tokyo --stay")
    for person in (APPROVER, OTHER):
        lab.house.click(home, person)
    work(lab)
    assert lab.house.operation(home).state is State.DONE
    assert {name for name, weight in weights(lab.local, zone).items() if weight} == {HOME}
    assert before.keys() == records(lab.local, zone).keys()


def test_the_alarm_alone_moves_nothing_and_a_no_leaves_all_as_it_is(lab: Desk) -> None:
    zone = production(lab)
    alarm(lab)
    lab.house.click(leaving(lab).number, APPROVER, agrees=False, reason="the canary itself is broken")
    work(lab)
    assert leaving(lab).state is State.DENIED
    assert weights(lab.local, zone)[AWAY] == 0


def test_an_alarm_that_is_delivered_twice_asks_once(lab: Desk) -> None:
    production(lab)
    alarm(lab)
    alarm(lab)
    assert len(lab.house.path.ledger.pending()) == 1


def test_without_the_rules_line_nothing_is_asked(lab: Desk) -> None:
    production(lab)
    silent = replace(RULE, do="")
    event = Event("x", DEV.name, TOKYO, lab.house.time.at, {"source": "aws.cloudwatch", "detail": {}})
    troubles.take_in(lab.house.path, "queue", [Seen(event, read(event), silent)])
    assert lab.house.path.ledger.pending() == ()
