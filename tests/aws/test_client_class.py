"""Clients of one service share what is the same about them, and nothing else."""

from typing import TYPE_CHECKING

from aws import instance
from aws.account import AccountConfig, Accounts, Place
from tests.aws.conftest import PLACE
from tests.aws.test_instance import run

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

ELSEWHERE = Place("dev", "ap-northeast-1")


def test_the_methods_of_a_service_are_made_once(accounts: Accounts, local_aws: str) -> None:
    here, elsewhere = accounts.ec2(PLACE), accounts.ec2(ELSEWHERE)
    assert type(here).describe_instances is type(elsewhere).describe_instances
    assert here.meta.region_name != elsewhere.meta.region_name
    assert not hasattr(accounts.rds(PLACE), "describe_instances")


def test_each_client_asks_in_its_own_place(ec2: "EC2Client", accounts: Accounts, image: str) -> None:
    there = run(ec2, image)
    assert [one.id for one in instance.find(accounts.ec2(PLACE))] == [there]
    assert list(instance.find(accounts.ec2(ELSEWHERE))) == []


def test_what_one_client_does_before_a_call_is_not_done_by_another(
    accounts: Accounts, local_aws: str
) -> None:
    seen: list[str] = []
    accounts.ec2(PLACE).meta.events.register("before-call.ec2", lambda **_: seen.append("here"))
    accounts.ec2(ELSEWHERE).describe_regions()
    assert seen == []
    accounts.ec2(PLACE).describe_regions()
    assert seen == ["here"]


def test_other_accounts_of_the_process_share_nothing_with_these(local_aws: str, accounts: Accounts) -> None:
    others = Accounts([AccountConfig("dev", "123456789012", ("eu-west-1",))])
    try:
        assert type(others.ec2(PLACE)).describe_instances is not type(accounts.ec2(PLACE)).describe_instances
    finally:
        others.close()
