"""A local AWS over HTTP, and nothing of this machine's own AWS settings."""

import os
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from moto.server import ThreadedMotoServer

from aws.account import AccountConfig, Accounts, Place
from tests.aws.wire import Wire, serving

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

PLACE = Place("dev", "eu-west-1")
AMI = "ami-12345678"


@pytest.fixture(autouse=True)
def _no_aws_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
        server.stop()


@pytest.fixture
def local_aws(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty AWS; its address."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    yield moto_url
    urllib.request.urlopen(urllib.request.Request(f"{moto_url}/moto-api/reset", method="POST")).close()


@pytest.fixture
def accounts() -> Iterator[Accounts]:
    made = Accounts([AccountConfig("dev", "123456789012", ("eu-west-1", "ap-northeast-1"))])
    yield made
    made.close()


@pytest.fixture
def ec2(local_aws: str, accounts: Accounts) -> "EC2Client":
    return accounts.ec2(PLACE)


@pytest.fixture
def hand(local_aws: str) -> "EC2Client":
    """Somebody's own hand in the same place, who may call what toban never does."""
    return boto3.client("ec2", region_name=PLACE.region)


@pytest.fixture
def image(hand: "EC2Client") -> str:
    """An image to run instances from."""
    return hand.register_image(Name="base", RootDeviceName="/dev/sda1")["ImageId"]


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """An AWS that reacts as the test says."""
    made = Wire()
    with serving(made) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        yield made


@pytest.fixture
def wired(wire: Wire) -> Iterator[Accounts]:
    """Accounts at the other end of the wire, with little patience."""
    configs = [
        AccountConfig("dev", "123456789012", ("eu-west-1",)),
        AccountConfig("prod", "210987654321", ("eu-west-1",), "arn:aws:iam::210987654321:role/toban", "ext"),
    ]
    made = Accounts(configs, read_seconds=0.3, connect_seconds=0.3)
    yield made
    made.close()
