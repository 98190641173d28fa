import json
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import boto3
import psutil
import pytest
from botocore.exceptions import ClientError

from playground.aws.identity import HOME
from playground.aws.server import LocalAws
from tests.playground.aws.conftest import PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def test_it_listens_on_the_loopback_only(aws: LocalAws) -> None:
    port = int(aws.url.rpartition(":")[2])
    listening = [
        one.laddr
        for one in psutil.Process().net_connections(kind="inet")
        if one.status == psutil.CONN_LISTEN and one.laddr
    ]
    assert port in {address.port for address in listening}
    assert {address.ip for address in listening} == {"127.0.0.1"}


def test_a_fresh_region_is_empty(ec2: "EC2Client") -> None:
    assert ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"] == []
    assert ec2.describe_images()["Images"] == []


def test_accounts_do_not_see_each_other(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    other = aws.client("ec2", account="222222222222")
    assert other.describe_volumes()["Volumes"] == []


def test_regions_do_not_see_each_other(aws: LocalAws, volume: str) -> None:
    assert aws.client("ec2", account=PRODUCTION, region="us-east-1").describe_volumes()["Volumes"] == []


def test_an_assumed_role_acts_in_its_account(aws: LocalAws, volume: str) -> None:
    sts = aws.client("sts")
    role = sts.assume_role(RoleArn=f"arn:aws:iam::{PRODUCTION}:role/toban", RoleSessionName="night")
    keys = role["Credentials"]
    session = boto3.Session(
        keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], region_name="ap-northeast-1"
    )
    identity = session.client("sts", endpoint_url=aws.url).get_caller_identity()
    assert identity["Arn"] == f"arn:aws:sts::{PRODUCTION}:assumed-role/toban/night"
    volumes = session.client("ec2", endpoint_url=aws.url).describe_volumes()["Volumes"]
    assert [one["VolumeId"] for one in volumes] == [volume]


def test_unknown_keys_are_at_home(aws: LocalAws) -> None:
    sts = boto3.Session("AKIAEXAMPLE", "local", region_name="us-east-1").client("sts", endpoint_url=aws.url)
    assert sts.get_caller_identity()["Account"] == HOME


def test_every_answer_has_its_own_request_id(ec2: "EC2Client") -> None:
    ids = {ec2.describe_regions()["ResponseMetadata"]["RequestId"] for _ in range(3)}
    assert len(ids) == 3


def test_a_call_moto_lacks_is_a_gap(ec2: "EC2Client") -> None:
    with pytest.raises(ClientError) as gap:
        ec2.describe_volume_status()
    assert gap.value.response["Error"]["Code"] == "LocalAwsGap"
    assert gap.value.response["ResponseMetadata"]["HTTPHeaders"]["x-local-aws-gap"] == "1"


def test_a_filter_moto_lacks_is_a_gap(ec2: "EC2Client", instance: str) -> None:
    with pytest.raises(ClientError, match="LocalAwsGap"):
        ec2.describe_instances(Filters=[{"Name": "no-such-filter", "Values": ["x"]}])
    with pytest.raises(ClientError, match="LocalAwsGap"):
        ec2.describe_volumes(Filters=[{"Name": "no-such-filter", "Values": ["x"]}])


def test_a_service_moto_lacks_is_a_gap(aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="LocalAwsGap"):
        aws.client("health", region="us-east-1").describe_events()


def test_an_error_of_awss_own_is_no_gap(ec2: "EC2Client") -> None:
    with pytest.raises(ClientError, match=r"InvalidVolume\.NotFound"):
        ec2.describe_volumes(VolumeIds=["vol-0123456789abcdef0"])


def test_reset_empties_it(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.reset()
    assert ec2.describe_volumes()["Volumes"] == []
    assert aws.control.count() == 1


def test_the_state_may_be_changed_by_hand(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.backend("ec2", PRODUCTION, "ap-northeast-1").volumes[volume].size = 123
    assert ec2.describe_volumes()["Volumes"][0]["Size"] == 123


def test_many_callers_at_once_each_get_their_own(ec2: "EC2Client", volume: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ec2.create_snapshot(VolumeId=volume)["SnapshotId"], range(40)))
    found = {one["SnapshotId"] for one in ec2.describe_snapshots()["Snapshots"]}
    assert len(set(made)) == 40
    assert found == set(made)


def test_a_second_one_starts_where_the_first_stood() -> None:
    with LocalAws() as first:
        port = int(first.url.rpartition(":")[2])
    with LocalAws(port) as second:
        assert second.url == first.url
        assert second.client("ec2", account=PRODUCTION).describe_volumes()["Volumes"] == []


def test_its_own_process_says_where_it_is() -> None:
    command = [sys.executable, "-m", "playground.aws", "--estate"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = json.loads(process.stdout.readline())["url"]
            session = boto3.Session(PRODUCTION, "local", region_name="ap-northeast-1")
            images = session.client("ec2", endpoint_url=url).describe_images(Owners=["self"])["Images"]
            assert {"web-golden", "api-golden", "db-before-upgrade"} < {one["Name"] for one in images}
        finally:
            process.terminate()


def test_a_request_that_is_cut_in_the_middle_never_arrived(aws: LocalAws) -> None:
    before = len(aws.control.calls())
    host, port = aws.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as line:
        line.sendall(b"POST / HTTP/1.1\r\nhost: ec2\r\ncontent-length: 99\r\n\r\nAction=RunInstances")
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    assert len(aws.control.calls()) == before
