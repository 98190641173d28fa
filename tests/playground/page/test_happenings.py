"""What a player can let happen, on a local AWS."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from playground.aws import saying
from playground.aws.fleet import DEVELOPMENT, PRODUCTION, TOKYO
from playground.aws.server import LocalAws
from playground.page import outside
from playground.page.aws_view import look
from playground.page.choices import choices
from playground.page.happening import Stands, Target, World
from playground.page.happenings import CALLS, HAPPENINGS
from playground.page.mischief import Mischief
from playground.slack.server import LocalSlack

ACCOUNT = "222222222222"


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws() as aws:
        yield aws


@pytest.fixture
def world(aws: LocalAws) -> Iterator[World]:
    aws.reset()
    for account in (PRODUCTION, DEVELOPMENT):
        saying.open_queue(aws, account)
    with LocalSlack() as slack:
        yield World(aws, slack)


def an_instance(aws: LocalAws, **more: Any) -> str:
    ec2 = aws.client("ec2", account=ACCOUNT)
    tags = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "<b>web</b>"}]}]
    made = ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1, TagSpecifications=tags, **more)
    return str(made["Instances"][0]["InstanceId"])


SAID = ("abuse", "cpu-alarm", "cpu-recovers", "retirement", "storm")
"""What AWS says, and nothing stands: the entries that only leave an event in a queue."""


def waiting(aws: LocalAws) -> int:
    """How many events wait in the queues."""
    queues = [aws.backend("sqs", one, TOKYO).get_queue(saying.QUEUE) for one in (PRODUCTION, DEVELOPMENT)]
    return sum(len(queue.messages) for queue in queues)


def targets(entry: Target, aws: LocalAws) -> str:
    by_name = {Target.NOTHING: "", Target.CALL: CALLS[0], Target.GROUP: "web"}
    if entry in by_name:
        return by_name[entry]
    match entry:
        case Target.SPOT:
            return an_instance(aws, InstanceMarketOptions={"MarketType": "spot"})
        case Target.DATABASE:
            return a_stopped_database(aws)
        case Target.VOLUME:
            return a_volume(aws)
        case _:
            return an_instance(aws)


def a_stopped_database(aws: LocalAws) -> str:
    rds = aws.client("rds", account=ACCOUNT)
    rds.create_db_instance(
        DBInstanceIdentifier="reports", DBInstanceClass="db.t4g.micro", Engine="postgres",
        AllocatedStorage=20, MasterUsername="local", MasterUserPassword="not-a-secret",
    )  # fmt: skip
    rds.stop_db_instance(DBInstanceIdentifier="reports")
    return f"{ACCOUNT}/ap-northeast-1/reports"


def a_volume(aws: LocalAws) -> str:
    """One of which toban took a snapshot."""
    ec2 = aws.client("ec2", account=ACCOUNT)
    volume = ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=8)["VolumeId"]
    tags = [{"ResourceType": "snapshot", "Tags": [{"Key": "toban:kind", "Value": "snapshot"}]}]
    ec2.create_snapshot(VolumeId=volume, TagSpecifications=tags)
    return str(volume)


@pytest.mark.parametrize("key", sorted(HAPPENINGS))
def test_every_entry_happens_and_ends_when_all_is_well(world: World, key: str) -> None:
    mischief = Mischief()
    mischief.let(world, key, targets(HAPPENINGS[key].target, world.aws))
    if key in SAID:
        assert waiting(world.aws)
    else:
        assert [each.key for each in mischief.standing()] == [key]
    mischief.all_well(world)
    assert mischief.standing() == []
    world.aws.client("ec2", account=ACCOUNT).describe_volumes()


@pytest.mark.parametrize("key", sorted(HAPPENINGS))
def test_every_entry_is_named_in_two_languages(key: str) -> None:
    assert HAPPENINGS[key].en
    assert not HAPPENINGS[key].ja.isascii()


def test_what_is_let_happen_while_a_window_asks_what_stands_stands(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each open window asks several times a second."""
    mischief = Mischief()

    def while_asked(_world: World, _target: str) -> Stands:
        assert mischief.standing() == []
        return lambda: True

    menu = {**HAPPENINGS, "deny": replace(HAPPENINGS["deny"], do=while_asked)}
    monkeypatch.setattr("playground.page.mischief.HAPPENINGS", menu)
    mischief.let(world, "deny", "StopInstances")
    assert [each.key for each in mischief.standing()] == ["deny"]


@pytest.mark.parametrize(("key", "target"), [("deny", ""), ("slow", "StopInstances"), ("dance", "")])
def test_what_makes_no_sense_is_refused(world: World, key: str, target: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        Mischief().let(world, key, target)


def test_what_has_happened_as_often_as_it_should_is_over(world: World) -> None:
    mischief = Mischief()
    mischief.let(world, "cut-before", "DescribeInstances")
    ec2 = world.aws.client("ec2", account=ACCOUNT)
    with pytest.raises((BotoCoreError, ClientError)):
        ec2.describe_volumes(VolumeIds=["vol-1"])
    assert mischief.standing()
    ec2.describe_instances()  # the client's own second try succeeds
    assert mischief.standing() == []


def test_a_database_that_aws_started_stands_until_it_is_stopped_again(world: World) -> None:
    mischief, rds = Mischief(), world.aws.client("rds", account=ACCOUNT)
    mischief.let(world, "database-restarts", a_stopped_database(world.aws))
    assert mischief.standing()
    rds.stop_db_instance(DBInstanceIdentifier="reports")
    assert mischief.standing() == []


def test_what_stands_says_which_line_shows_what_toban_makes_of_it(world: World) -> None:
    mischief, instance = Mischief(), an_instance(world.aws)
    for key in ("start-kms", "slow"):
        mischief.let(world, key, instance if key == "start-kms" else "")
    assert [one.then for one in mischief.standing()] == [f"/ec2 start {instance}", ""]


def test_the_most_useful_choices_come_first(world: World) -> None:
    running, stopped = an_instance(world.aws), an_instance(world.aws)
    world.aws.client("ec2", account=ACCOUNT).stop_instances(InstanceIds=[stopped])
    offered = choices(look(world.aws))
    assert [value for value, _ in offered[Target.STOPPED]] == [stopped, running]
    assert offered[Target.KEYED] == offered[Target.SPOT] == []


def test_a_denied_call_is_denied(world: World) -> None:
    Mischief().let(world, "deny", "StopInstances")
    with pytest.raises(ClientError, match="UnauthorizedOperation"):
        world.aws.client("ec2", account=ACCOUNT).stop_instances(InstanceIds=[an_instance(world.aws)])


def test_an_oldest_snapshot_that_an_image_uses_cannot_go_until_all_is_well(world: World) -> None:
    mischief, ec2 = Mischief(), world.aws.client("ec2", account=ACCOUNT)
    volume = a_volume(world.aws)
    mischief.let(world, "snapshot-pinned", volume)
    wanted = [{"Name": "volume-id", "Values": [volume]}]
    oldest = ec2.describe_snapshots(Filters=wanted)["Snapshots"][0]["SnapshotId"]
    with pytest.raises(ClientError, match=r"InvalidSnapshot\.InUse"):
        ec2.delete_snapshot(SnapshotId=oldest)
    mischief.all_well(world)
    ec2.delete_snapshot(SnapshotId=oldest)


def test_a_volume_without_a_generation_has_none_to_use(world: World) -> None:
    ec2 = world.aws.client("ec2", account=ACCOUNT)
    bare = ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=8)["VolumeId"]
    with pytest.raises(ValueError, match="no snapshot"):
        Mischief().let(world, "snapshot-pinned", bare)


def test_the_page_sees_an_instance_as_aws_does(world: World) -> None:
    instance = an_instance(world.aws)
    world.aws.control.instances_take(stop=60)
    world.aws.client("ec2", account=ACCOUNT).stop_instances(InstanceIds=[instance])
    there = {one.id: one for place in look(world.aws) for one in place.instances}
    assert (there[instance].name, there[instance].state) == ("<b>web</b>", "stopping")


def test_the_page_sees_a_snapshot_grow(world: World) -> None:
    world.aws.control.snapshots_take(100)
    ec2 = world.aws.client("ec2", account=ACCOUNT)
    ec2.create_snapshot(VolumeId=ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=8)["VolumeId"])
    world.aws.control.advance(42)
    place = next(one for one in look(world.aws) if one.account == "dev" and one.snapshots)
    assert place.not_completed == {"pending": 1}
    assert place.newest[0].progress == "42%"


def test_a_failover_is_said_at_once_and_its_end_a_while_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "FAILOVER_SECONDS", 1)
    mischief, sqs = Mischief(), world.aws.client("sqs", account=ACCOUNT, region=TOKYO)
    url = sqs.get_queue_url(QueueName=saying.QUEUE)["QueueUrl"]
    mischief.let(world, "failover", targets(Target.DATABASE, world.aws))
    assert received(sqs, url, wait=0) == ["RDS-EVENT-0013"]
    assert received(sqs, url, wait=5) == ["RDS-EVENT-0049"]
    assert mischief.standing() == []


def received(sqs: Any, url: str, wait: int) -> list[str]:
    """The events that are there within so many seconds."""
    found = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=wait, VisibilityTimeout=60)
    return [json.loads(one["Body"])["detail"]["EventID"] for one in found.get("Messages", ())]
