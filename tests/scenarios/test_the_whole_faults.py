"""Slack and AWS fail in every way they know: nothing is lost, nothing twice, and each failure is said."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.operation import State
from bot.views.states import SIGNS
from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.commands.shelf import OURS
from tests.scenarios.given import (
    ACCOUNTS,
    ENGLISH,
    OPERATOR,
    OPS,
    SECOND,
    TOKYO,
    instances,
    run_instances,
    snapshots,
)
from tests.scenarios.whole import Whole, the_whole

SCHEDULE = """
[schedules.off]
line = "ec2 stop tag:env=night"
days = "daily"
time = "{time}"
channel = "{channel}"
owner = "{owner}"
"""
ZONE = ZoneInfo("Asia/Tokyo")
TROUBLE = (
    Fault(Kind.CUT_AFTER, action="StopInstances", times=1),
    Fault(Kind.CUT_BEFORE, action="StartInstances", times=1),
    Fault(Kind.CUT_AFTER, action="CreateSnapshot*", times=1),
    Fault(Kind.CUT_BEFORE, action="CreateSnapshot*", times=1),
    Fault(Kind.CUT_AFTER, action="DeleteSnapshot", times=1),
    Fault(Kind.DENY, action="StartInstances", account=ACCOUNTS["prod"]),
    Fault(Kind.THROTTLE, service="ec2", share=0.2),
)
ASKED = (
    ("/ec2 list", OPERATOR, OPS),
    ("/ec2 stop tag:env=dev", OPERATOR, OPS),
    ("/ec2 start tag:env=idle", SECOND, ENGLISH),
    ("/ec2 start tag:env=asleep", OPERATOR, ENGLISH),
    ("/snapshot list --account dev", OPERATOR, ENGLISH),
    ("/snapshot create tag:env=dev", OPERATOR, ENGLISH),
    ("/toban pending", SECOND, OPS),
    ("/toban audit --person <@U0SATO>", SECOND, ENGLISH),
    ("/schedule list", OPERATOR, ENGLISH),
    ("/schedule approve off", SECOND, ENGLISH),
    ("/schedule run off", SECOND, OPS),
)
"""What goes through without a click."""


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    """Its schedule is half a day off: at thirty times the speed the clock may else ask it by itself."""
    far = datetime.now(ZONE) + timedelta(hours=12)
    config = SCHEDULE.format(time=f"{far:%H:%M}", channel=ENGLISH, owner=OPERATOR)
    with the_whole(local_aws, tmp_path, config=config, speed=30, patience=1) as there:
        yield there


def some_of_everything(aws: LocalAws) -> None:
    """Instances that run or are stopped in both accounts, and a volume with three generations."""
    for account, env in (("dev", "dev"), ("dev", "night"), ("prod", "prod"), ("prod", "later")):
        run_instances(aws, account, 2, env=env)
    for account, env in (("dev", "idle"), ("prod", "asleep")):
        ids = run_instances(aws, account, 2, env=env)
        aws.client("ec2", account=ACCOUNTS[account], region=TOKYO).stop_instances(InstanceIds=list(ids))
    ec2 = aws.client("ec2", account=ACCOUNTS["dev"], region=TOKYO)
    old = [{"ResourceType": "volume", "Tags": [{"Key": "env", "Value": "old"}]}]
    volume = ec2.create_volume(AvailabilityZone=f"{TOKYO}a", Size=8, TagSpecifications=old)["VolumeId"]
    ours = [{"ResourceType": "snapshot", "Tags": OURS}]
    for _ in range(3):
        ec2.create_snapshot(VolumeId=volume, TagSpecifications=ours)
    aws.control.log.clear()


def in_trouble(whole: Whole, seed: int) -> None:
    """From now on three of ten calls to Slack go wrong, and AWS misbehaves."""
    whole.slack.faults.share(0.3, kinds=["429", "500", "timeout", "cut"], seed=seed)
    for one in TROUBLE:
        whole.aws.control.order(one)


@pytest.mark.parametrize("seed", [1, 7])
def test_nothing_is_lost_nothing_comes_twice_and_each_failure_is_said(
    whole: Whole, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    some_of_everything(whole.aws)
    in_trouble(whole, seed)
    waiting = [
        whole.asks(line)
        for line in (
            "/ec2 stop tag:env=prod",
            "/snapshot prune tag:env=old --keep 1",
            "/ec2 stop tag:env=prod",
        )
    ]
    numbers = [whole.asks(*one) for one in ASKED]
    stopped, pruned, cancelled = waiting
    for number in (stopped, pruned):
        card = whole.card(number, "waiting")
        assert whole.slack.as_person(SECOND).clicks(card, "toban.approve").acked
    numbers.append(whole.asks(f"/toban cancel {cancelled}"))
    whole.until(lambda: len(whole.rows("select id from asks where key like 'schedule/off/now/%'")) == 1, 20)
    everything = [number for (number,) in whole.rows("select id from operations")]
    assert len({*everything} - {*numbers, *waiting}) == 1
    ends = dict(zip(everything, whole.ended(*everything, timeout=40), strict=True))

    assert set(whole.slack.faults.happened) == {"429", "500", "timeout", "cut"}
    asleep = numbers[3]
    assert {number: end for number, end in ends.items() if end not in {State.DONE, State.ANSWERED}} == {
        asleep: State.FAILED,
        cancelled: State.CANCELLED,
    }
    denied = whole.card(asleep).text.replace("`", "")
    assert "toban's role toban in account prod lacks ec2:StartInstances" in denied
    each_message_is_there_once_and_shows_the_end(whole, ends)
    each_change_was_made_once(whole)
    assert [
        one.message for one in caplog.records if one.levelno >= logging.ERROR and "action" in vars(one)
    ] == []


def each_message_is_there_once_and_shows_the_end(whole: Whole, ends: dict[int, State]) -> None:
    public = whole.rows("select id from outbox where ts != '' and kind != 'file' order by id")
    assert whole.letters() == [letter for (letter,) in public]
    assert whole.rows("select kind, error from outbox where sent_version < version") == []
    told = whole.rows("select operation from outbox where kind in ('card', 'answer')")
    assert sorted(number for (number,) in told) == sorted(ends)
    for (number,) in whole.rows("select operation from outbox where kind = 'card'"):
        assert f"{SIGNS[ends[number]]} *#{number} ·" in whole.card(number).text
        assert whole.reply(number, "end").text
    private = whole.rows("select channel, person from outbox where kind = 'answer' and ts = ''")
    for channel, person in private:
        assert len(whole.slack.ephemerals(channel, person)) >= private.count((channel, person))


def each_change_was_made_once(whole: Whole) -> None:
    dev, prod = instances(whole.aws, "dev"), instances(whole.aws, "prod")
    assert sorted(dev.values()) == ["running"] * 2 + ["stopped"] * 4
    assert sorted(prod.values()) == ["running"] * 2 + ["stopped"] * 4
    volumes = snapshots(whole.aws, "dev")
    assert len(volumes) == len(set(volumes)) == 3  # two were made, and one of three was kept
