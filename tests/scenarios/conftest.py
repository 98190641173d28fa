"""A local AWS, empty before each story, and a house at its side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aws.account import AccountConfig
from playground.aws.server import LocalAws
from tests.house import House, house

TOKYO = "ap-northeast-1"
ACCOUNT = "123456789012"
DEV = AccountConfig("dev", ACCOUNT, (TOKYO,))


@pytest.fixture(scope="session")
def one_local_aws() -> Iterator[LocalAws]:
    with LocalAws() as local:
        yield local


@pytest.fixture
def local_aws(one_local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> LocalAws:
    one_local_aws.reset()
    for name, value in one_local_aws.environment(ACCOUNT, TOKYO).items():
        monkeypatch.setenv(name, value)
    return one_local_aws


@pytest.fixture
def at_home(local_aws: LocalAws, tmp_path: Path, either: str) -> Iterator[House]:
    with house(tmp_path, [DEV]) as there:
        yield there


@pytest.fixture
def dev_instances(local_aws: LocalAws) -> tuple[str, ...]:
    """Three instances of dev that run."""
    return run_instances(local_aws, 3, {"env": "dev", "Name": "web-dev"})


def run_instances(local: LocalAws, count: int, tags: dict[str, str]) -> tuple[str, ...]:
    ec2 = local.client("ec2", account=ACCOUNT, region=TOKYO)
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    made = ec2.run_instances(
        ImageId="ami-12c6146b",
        MinCount=count,
        MaxCount=count,
        TagSpecifications=[
            {"ResourceType": "instance", "Tags": listed},
            {"ResourceType": "volume", "Tags": listed},
        ],
    )
    return tuple(one["InstanceId"] for one in made["Instances"])
