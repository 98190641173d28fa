"""Accounts are entered by role, and a client is made once."""

import threading
from typing import TYPE_CHECKING

import pytest

from aws import identity
from aws.account import AccountConfig, Accounts, Place
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.client import BaseClient

PROD = Place("prod", "ap-northeast-1")
ROLE = """<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA{n}</AccessKeyId>
<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{until}</Expiration></Credentials>
</AssumeRoleResult></AssumeRoleResponse>"""
CALLER = """<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:me</Arn><Account>1</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>"""


@pytest.fixture
def two() -> "Iterator[Accounts]":
    """One account as we are, one by role."""
    configs = [
        AccountConfig("dev", "123456789012", ("eu-west-1", "ap-northeast-1")),
        AccountConfig(
            "prod", "210987654321", ("ap-northeast-1",), "arn:aws:iam::210987654321:role/toban", "ext"
        ),
    ]
    made = Accounts(configs)
    yield made
    made.close()


def test_places_are_every_region_of_every_account(two: Accounts) -> None:
    assert two.places() == (PLACE, Place("dev", "ap-northeast-1"), PROD)
    assert two.regions("prod") == ("ap-northeast-1",)


def test_an_unknown_account_is_named(two: Accounts) -> None:
    with pytest.raises(LookupError, match="stage"):
        two.ec2(Place("stage", "eu-west-1"))


def test_two_accounts_may_not_share_a_name() -> None:
    config = AccountConfig("dev", "123456789012", ("eu-west-1",))
    with pytest.raises(ValueError, match="same name"):
        Accounts([config, config])


def test_without_a_role_we_are_who_we_are(local_aws: str, two: Accounts) -> None:
    assert identity.who_am_i(two.sts(PLACE)) == identity.Identity(
        "123456789012", "arn:aws:sts::123456789012:user/moto"
    )


def test_with_a_role_we_are_that_role_by_our_name(local_aws: str, two: Accounts) -> None:
    assert identity.who_am_i(two.sts(PROD)) == identity.Identity(
        "210987654321", "arn:aws:sts::210987654321:assumed-role/toban/toban"
    )


def test_a_role_is_assumed_with_its_external_id_and_once(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [answering(ROLE.format(n=1, until="2099-01-01T00:00:00Z")), answering(CALLER)]
    place = Place("prod", "eu-west-1")
    identity.who_am_i(wired.sts(place))
    identity.who_am_i(wired.sts(Place("prod", "us-east-1")))
    assert [seen["Action"] for seen in wire.seen] == ["AssumeRole", "GetCallerIdentity", "GetCallerIdentity"]
    assert (wire.seen[0]["ExternalId"], wire.seen[0]["RoleSessionName"]) == ("ext", "toban")


def test_a_client_is_made_once_whoever_asks_first(two: Accounts) -> None:
    made: list[BaseClient] = []
    threads = [threading.Thread(target=lambda: made.append(two.client("ec2", PROD))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len({id(client) for client in made}) == 1


def test_the_client_that_sends_once_is_another(two: Accounts) -> None:
    assert two.ec2(PLACE) is not two.ec2_once(PLACE)
    assert two.ec2_once(PLACE) is two.ec2_once(PLACE)
    assert two.ec2(PLACE) is not two.ec2(Place("dev", "ap-northeast-1"))


def test_nothing_is_sent_before_the_first_call(wire: Wire, wired: Accounts) -> None:
    wired.ec2(Place("prod", "eu-west-1"))
    assert wire.seen == []
