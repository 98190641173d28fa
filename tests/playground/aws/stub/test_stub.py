import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import psutil
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from playground.aws.stub.server import StubAws
from playground.aws.stub.size import Size

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

SIZE = Size(instances=1200, volumes=2, snapshots=1)


def client(stub: StubAws, service: str = "ec2", key: str = "111111111111") -> Any:
    session = boto3.Session(key, "stub", region_name="ap-northeast-1")
    config = Config(retries={"total_max_attempts": 1})
    return session.client(service, endpoint_url=stub.url, config=config)  # type: ignore[call-overload] # any


@pytest.fixture(scope="module")
def _running() -> Iterator[StubAws]:
    with StubAws(SIZE) as stub:
        yield stub


@pytest.fixture
def stub(_running: StubAws) -> StubAws:
    _running.state.reset()
    return _running


@pytest.fixture(scope="module")
def _client(_running: StubAws) -> "Iterator[EC2Client]":
    ec2 = client(_running)
    yield ec2
    ec2.close()


@pytest.fixture
def ec2(stub: StubAws, _client: "EC2Client") -> "EC2Client":
    return _client


def ids(ec2: "EC2Client", *filters: tuple[str, str]) -> list[str]:
    asked = [{"Name": name, "Values": [value]} for name, value in filters]
    pages = ec2.get_paginator("describe_instances").paginate(Filters=asked)  # type: ignore[arg-type] # plain dicts
    return [
        one["InstanceId"] for page in pages for group in page["Reservations"] for one in group["Instances"]
    ]


def test_two_pages_hold_each_instance_once(stub: StubAws, ec2: "EC2Client") -> None:
    found = ids(ec2)
    assert len(found) == len(set(found)) == SIZE.instances
    assert stub.state.calls["DescribeInstances"] == 2


def test_instances_are_found_by_tag_and_state(ec2: "EC2Client") -> None:
    dev = ids(ec2, ("tag:env", "dev"))
    assert len(dev) == SIZE.instances // 2
    ec2.stop_instances(InstanceIds=dev[:3])
    assert ids(ec2, ("tag:env", "dev"), ("instance-state-name", "stopped")) == dev[:3]


def test_names_are_found_by_pattern(ec2: "EC2Client") -> None:
    assert len(ids(ec2, ("tag:Name", "web-0000?"))) == 2


def test_a_stop_answers_stopping_and_is_over_afterwards(ec2: "EC2Client") -> None:
    one = ids(ec2)[0]
    (change,) = ec2.stop_instances(InstanceIds=[one])["StoppingInstances"]
    assert (change["PreviousState"]["Name"], change["CurrentState"]["Name"]) == ("running", "stopping")
    assert ids(ec2, ("instance-state-name", "stopped")) == [one]
    (status,) = ec2.describe_instance_status(InstanceIds=[one], IncludeAllInstances=True)["InstanceStatuses"]
    assert status["InstanceStatus"]["Status"] == "not-applicable"
    ec2.start_instances(InstanceIds=[one])
    assert ids(ec2, ("instance-state-name", "stopped")) == []


def test_one_unknown_id_fails_the_whole_call(ec2: "EC2Client") -> None:
    one = ids(ec2)[0]
    with pytest.raises(ClientError, match=r"InvalidInstanceID\.NotFound"):
        ec2.stop_instances(InstanceIds=[one, "i-0123456789abcdef0"])
    assert ids(ec2, ("instance-state-name", "stopped")) == []


def test_an_instances_volumes_are_snapshotted_together(ec2: "EC2Client") -> None:
    one = ids(ec2)[0]
    made = ec2.create_snapshots(
        InstanceSpecification={"InstanceId": one},
        CopyTagsFromSource="volume",
        TagSpecifications=[{"ResourceType": "snapshot", "Tags": [{"Key": "by", "Value": "tōban <&>"}]}],
    )["Snapshots"]
    assert len(made) == SIZE.volumes
    found = ec2.describe_snapshots(Filters=[{"Name": "tag:by", "Values": ["tōban <&>"]}])["Snapshots"]
    assert {row["SnapshotId"] for row in found} == {row["SnapshotId"] for row in made}
    assert {row["State"] for row in found} == {"completed"}
    assert {tag["Key"] for tag in found[0]["Tags"]} == {"Name", "env", "service", "Backup", "by"}


def test_a_snapshot_comes_and_goes(ec2: "EC2Client") -> None:
    volume = ec2.describe_volumes(MaxResults=5)["Volumes"][0]["VolumeId"]
    made = ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
    of_volume = [{"Name": "volume-id", "Values": [volume]}]
    assert len(ec2.describe_snapshots(Filters=of_volume)["Snapshots"]) == 2  # type: ignore[arg-type] # plain dicts
    ec2.delete_snapshot(SnapshotId=made)
    assert len(ec2.describe_snapshots(Filters=of_volume)["Snapshots"]) == 1  # type: ignore[arg-type] # plain dicts
    with pytest.raises(ClientError, match=r"InvalidSnapshot\.NotFound"):
        ec2.delete_snapshot(SnapshotId=made)


NIGHTS = Size(instances=2, volumes=2, loose=1, generations=3, images=1)


def of(name: str, *values: str) -> Any:
    return [{"Name": name, "Values": list(values)}]


def test_every_volume_has_its_generations() -> None:
    with StubAws(NIGHTS) as stub:
        ec2 = client(stub)
        volumes = ec2.describe_volumes(Filters=of("tag:Backup", "nightly"))["Volumes"]
        assert [len(one["Attachments"]) for one in volumes] == [1, 1, 1, 1, 0]
        assert len(ec2.describe_snapshots(Filters=of("tag-key", "toban:operation"))["Snapshots"]) == 15
        found = ec2.describe_snapshots(Filters=of("volume-id", volumes[4]["VolumeId"]))["Snapshots"]
        assert len({one["StartTime"] for one in found}) == 3
        ec2.close()


def test_a_snapshot_that_an_image_uses_is_not_deleted() -> None:
    with StubAws(NIGHTS) as stub:
        ec2 = client(stub)
        (image,) = ec2.describe_images(Owners=["self"])["Images"]
        used = image["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]
        by_snapshot = of("block-device-mapping.snapshot-id", "snap-of-nobody", used)
        assert ec2.describe_images(Filters=by_snapshot)["Images"] == [image]
        with pytest.raises(ClientError, match=r"InvalidSnapshot\.InUse"):
            ec2.delete_snapshot(SnapshotId=used)
        ec2.close()


def test_a_snapshot_may_take_its_time() -> None:
    with StubAws(Size(instances=1), completes_after=0.2) as stub:
        ec2 = client(stub)
        volume = ec2.describe_volumes()["Volumes"][0]["VolumeId"]
        made = ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
        assert ec2.describe_snapshots(SnapshotIds=[made])["Snapshots"][0]["State"] == "pending"
        looks = 0
        while not ec2.describe_snapshots(Filters=of("status", "completed"))["Snapshots"]:
            time.sleep(0.02)
            looks += 1
            assert looks < 500
        ec2.close()


def test_a_copy_is_made_where_the_call_is_sent(ec2: "EC2Client") -> None:
    source = ec2.describe_snapshots(MaxResults=5)["Snapshots"][0]["SnapshotId"]
    copied = [{"ResourceType": "snapshot", "Tags": [{"Key": "of", "Value": source}]}]
    made = ec2.copy_snapshot(
        SourceRegion="ap-northeast-1", SourceSnapshotId=source,
        TagSpecifications=copied,  # type: ignore[arg-type] # plain dicts
    )  # fmt: skip
    (found,) = ec2.describe_snapshots(Filters=of("tag:of", source))["Snapshots"]
    assert (found["SnapshotId"], found["VolumeId"]) == (made["SnapshotId"], "vol-ffffffff")


def test_a_new_tag_is_found_and_the_old_value_is_not(ec2: "EC2Client") -> None:
    one = ids(ec2, ("tag:env", "production"))[0]
    ec2.create_tags(Resources=[one], Tags=[{"Key": "env", "Value": "drill"}])
    assert ids(ec2, ("tag:env", "drill")) == [one]
    assert one not in ids(ec2, ("tag:env", "production"))


def test_an_assumed_role_has_its_own_account(stub: StubAws) -> None:
    role = client(stub, "sts", "AKIAEXAMPLE").assume_role(
        RoleArn="arn:aws:iam::222222222222:role/toban", RoleSessionName="night"
    )
    key = role["Credentials"]["AccessKeyId"]
    assert client(stub, "sts", key).get_caller_identity()["Account"] == "222222222222"
    assert set(ids(client(stub, key=key))).isdisjoint(ids(client(stub)))


def test_no_instance_is_in_a_group(stub: StubAws) -> None:
    assert client(stub, "autoscaling").describe_auto_scaling_instances()["AutoScalingInstances"] == []


def test_cloudwatch_takes_a_number(stub: StubAws) -> None:
    cloudwatch = client(stub, "cloudwatch")
    cloudwatch.put_metric_data(Namespace="toban", MetricData=[{"MetricName": "LastGoodNight", "Value": 3.0}])
    assert cloudwatch.describe_alarms()["MetricAlarms"] == []
    assert stub.state.calls["PutMetricData"] == 1
    cloudwatch.close()


def test_what_it_does_not_know_is_a_gap(ec2: "EC2Client") -> None:
    with pytest.raises(ClientError, match="LocalAwsGap"):
        ec2.describe_vpcs()
    with pytest.raises(ClientError, match="LocalAwsGap"):
        ids(ec2, ("no-such-filter", "x"))


def test_calls_are_counted_and_forgotten(stub: StubAws, ec2: "EC2Client") -> None:
    ec2.describe_regions()
    with urllib.request.urlopen(f"{stub.url}/_stub/calls") as answer:
        assert json.load(answer) == {"actions": {"DescribeRegions": 1}, "outcomes": {"ok": 1}}
    urllib.request.urlopen(f"{stub.url}/_stub/reset", data=b"").close()
    assert stub.state.calls.total() == 0


def start_often(ec2: "EC2Client", one: str) -> None:
    for _ in range(100):
        ec2.start_instances(InstanceIds=[one])


def test_buckets_run_dry() -> None:
    with StubAws(Size(instances=1), limited=True) as limited:
        ec2 = client(limited)
        (one,) = ids(ec2)
        with pytest.raises(ClientError, match="RequestLimitExceeded"):
            start_often(ec2, one)
        assert limited.state.outcomes["RequestLimitExceeded"] == 1
        ec2.close()


def test_its_own_process_says_where_it_is_and_stays_on_the_loopback() -> None:
    command = [sys.executable, "-m", "playground.aws.stub", "--instances", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = json.loads(process.stdout.readline())["url"]
            with urllib.request.urlopen(f"{url}/_stub/calls") as answer:
                assert answer.status == 200
            listening = [
                one.laddr.ip
                for one in psutil.Process(process.pid).net_connections(kind="inet")
                if one.status == psutil.CONN_LISTEN
            ]
            assert listening == ["127.0.0.1"]
        finally:
            process.terminate()


def test_what_a_stop_would_take_away_can_be_asked_for(stub: StubAws, ec2: "EC2Client") -> None:
    wanted: Any = [{"Name": "instance-type", "Values": ["m7i.large", "t3.micro"]}]
    found = ec2.describe_instance_types(Filters=wanted)["InstanceTypes"]
    assert [(one["InstanceType"], one["InstanceStorageSupported"]) for one in found] == [
        ("m7i.large", False),
        ("t3.micro", False),
    ]
    ssm = client(stub, "ssm")
    assert ssm.describe_sessions(State="Active")["Sessions"] == []
    ssm.close()
