"""One local AWS for the module's tests, emptied before each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from botocore.config import Config

from playground.aws.server import LocalAws

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

PRODUCTION = "111111111111"
ONCE = Config(retries={"total_max_attempts": 1})


@pytest.fixture(scope="session")
def _running() -> Iterator[LocalAws]:
    with LocalAws() as aws:
        yield aws


@pytest.fixture
def aws(_running: LocalAws) -> LocalAws:
    _running.reset()
    return _running


@pytest.fixture(scope="session")
def _client(_running: LocalAws) -> "Iterator[EC2Client]":
    client = _running.client("ec2", account=PRODUCTION, config=ONCE)
    yield client
    client.close()


@pytest.fixture
def ec2(aws: LocalAws, _client: "EC2Client") -> "EC2Client":
    """A client that asks once: what the local AWS answers is what the test sees."""
    return _client


@pytest.fixture
def instance(ec2: "EC2Client") -> str:
    reply = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1)
    return reply["Instances"][0]["InstanceId"]


@pytest.fixture
def volume(ec2: "EC2Client", instance: str) -> str:
    return ec2.describe_volumes()["Volumes"][0]["VolumeId"]


@pytest.fixture
def ce(aws: LocalAws) -> Any:
    """Cost Explorer as the payer sees it, half an hour into a Monday, the 30th of November."""
    aws.control.bill_now("2026-11-30T00:30:00+00:00")
    return aws.client("ce", account=PRODUCTION, config=ONCE)
