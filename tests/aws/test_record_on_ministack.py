"""Records are exchanged on the Route 53 of ministack, by others than moto's: pending first, then in sync.

Set TOBAN_MINISTACK to the Python of an environment that has ministack (``pip install ministack``).
"""

import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from aws import hosted_zone, record, route53
from aws.account import AccountConfig, Accounts
from aws.errors import Refused
from aws.record import PRIMARY, SECONDARY
from tests.aws import ministack

NAME = "shop.example.com"
PYTHON = ministack.python()  # before each test forgets this machine's settings
PATIENCE = 90  # seconds until a change is in sync

pytestmark = pytest.mark.skipif(not PYTHON, reason="TOBAN_MINISTACK names no Python that has ministack")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ministack.serving(PYTHON) as address:
        yield address


@pytest.fixture
def accounts(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    made = Accounts([AccountConfig("dev", "000000000000", ("us-east-1",))])
    yield made
    made.close()


def given(accounts: Accounts, *records: dict[str, Any]) -> str:
    hand: Any = boto3.client("route53", region_name="us-east-1")
    made = hand.create_hosted_zone(Name="example.com", CallerReference=f"{time.time_ns()}")["HostedZone"][
        "Id"
    ]
    base = {"Name": NAME, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
    changes = [{"Action": "CREATE", "ResourceRecordSet": {**base, **one}} for one in records]
    hand.change_resource_record_sets(HostedZoneId=made, ChangeBatch={"Changes": changes})
    return str(made.rpartition("/")[2])


def test_weights_are_exchanged_and_come_into_sync(accounts: Accounts) -> None:
    client = route53.client(accounts, "dev")
    zone = given(
        accounts, {"SetIdentifier": "tokyo", "Weight": 7}, {"SetIdentifier": "virginia", "Weight": 0}
    )
    assert zone in [one.id for one in hosted_zone.of_name(client, NAME)]
    tokyo, virginia = record.of_name(client, zone, NAME)
    come = [tokyo.weighing(0), virginia.weighing(100)]
    made = record.exchange(client, zone, [tokyo, virginia], come, "toban #1")
    until = time.monotonic() + PATIENCE
    while not record.in_sync(client, made.id):
        assert time.monotonic() < until
        time.sleep(1)
    after = record.of_name(client, zone, NAME)
    assert [one.weight for one in after] == [0, 100]
    back = record.exchange(client, zone, after, [tokyo.raw, virginia.raw], "toban #1")
    assert back.id
    assert record.of_name(client, zone, NAME) == (tokyo, virginia)


def test_roles_are_swapped_in_one_batch(accounts: Accounts) -> None:
    client = route53.client(accounts, "dev")
    zone = given(
        accounts,
        {"SetIdentifier": "tokyo", "Failover": PRIMARY, "HealthCheckId": "a"},
        {"SetIdentifier": "virginia", "Failover": SECONDARY, "HealthCheckId": "b"},
    )
    tokyo, virginia = record.of_name(client, zone, NAME)
    come = [tokyo.acting_as(SECONDARY), virginia.acting_as(PRIMARY)]
    record.exchange(client, zone, [tokyo, virginia], come, "toban #1")
    assert [one.failover for one in record.of_name(client, zone, NAME)] == [SECONDARY, PRIMARY]


def test_what_is_not_so_any_more_is_not_exchanged(accounts: Accounts) -> None:
    client = route53.client(accounts, "dev")
    zone = given(accounts, {"SetIdentifier": "tokyo", "Weight": 7})
    (tokyo,) = record.of_name(client, zone, NAME)
    record.exchange(client, zone, [tokyo], [tokyo.weighing(1)], "somebody")
    with pytest.raises(Refused):
        record.exchange(client, zone, [tokyo], [tokyo.weighing(0)], "toban #1")
    assert [one.weight for one in record.of_name(client, zone, NAME)] == [1]
