"""Network ACLs: which holds for a subnet, and that a subnet comes under another, also when asked twice."""

from typing import TYPE_CHECKING

import pytest

from aws import network_acl
from aws.account import Accounts
from aws.errors import InUse, NoAnswer, NotFound
from tests.aws.conftest import PLACE
from tests.canned import TOKYO, CannedAccounts, Refusal

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

ACL = {
    "NetworkAclId": "acl-1",
    "VpcId": "vpc-1",
    "Associations": [{"SubnetId": "subnet-1", "NetworkAclAssociationId": "aclassoc-1"}],
}


@pytest.fixture
def vpc(hand: "EC2Client") -> str:
    return hand.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]


@pytest.fixture
def subnet(hand: "EC2Client", vpc: str) -> str:
    return hand.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]


def test_a_subnet_is_under_the_vpcs_own_acl_until_it_is_put_under_another(
    ec2: "EC2Client", vpc: str, subnet: str
) -> None:
    first = network_acl.of_subnets(ec2, [subnet])[subnet]
    made = network_acl.create(ec2, vpc, tags={"toban:operation": "7"}, token="t-1")
    network_acl.put_under(ec2, subnet, made.id)
    now = network_acl.of_subnets(ec2, [subnet])[subnet]
    assert (first.default, first.denies_all) == (True, False)
    assert (now.id, now.default, now.denies_all) == (made.id, False, True)
    assert dict(now.tags) == {"toban:operation": "7"}
    network_acl.put_under(ec2, subnet, first.id)
    assert network_acl.of_subnets(ec2, [subnet])[subnet].id == first.id


def test_what_is_so_already_needs_no_call(ec2: "EC2Client", subnet: str) -> None:
    now = network_acl.of_subnets(ec2, [subnet])[subnet]
    assert network_acl.put_under(ec2, subnet, now.id) == ""


def test_others_subnets_of_the_same_acl_are_not_taken_for_what_was_asked(
    ec2: "EC2Client", hand: "EC2Client", vpc: str, subnet: str
) -> None:
    hand.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")
    assert set(network_acl.of_subnets(ec2, [subnet])) == {subnet}
    assert network_acl.of_subnets(ec2, []) == {}


def test_a_subnet_that_is_gone_is_said_to_be(ec2: "EC2Client") -> None:
    with pytest.raises(NotFound):
        network_acl.put_under(ec2, "subnet-00000000", "acl-1")


def test_one_that_holds_for_a_subnet_is_in_use_and_one_that_is_gone_is_deleted(
    ec2: "EC2Client", vpc: str, subnet: str
) -> None:
    was = network_acl.of_subnets(ec2, [subnet])[subnet].id
    made = network_acl.create(ec2, vpc, tags={}, token="t-1").id
    network_acl.put_under(ec2, subnet, made)
    with pytest.raises(InUse):
        network_acl.delete(ec2, made)
    network_acl.put_under(ec2, subnet, was)
    assert network_acl.delete(ec2, made)
    assert network_acl.delete(ec2, made) == ""
    assert [one.id for one in network_acl.find(ec2, vpc_ids=[vpc])] == [was]


def test_acls_are_found_by_their_tags(ec2: "EC2Client", accounts: Accounts, vpc: str) -> None:
    made = network_acl.create(accounts.ec2_once(PLACE), vpc, tags={"toban:token": "a"}, token="a").id
    found = network_acl.find(ec2, vpc_ids=[vpc], tags=[("toban:token", "a")])
    assert [one.id for one in found] == [made]


def test_an_association_that_changed_meanwhile_may_have_been_changed_by_this_very_call() -> None:
    """Canned: a listing that is behind shows an association that is not there any more."""
    aws = CannedAccounts(
        {
            "ec2.DescribeNetworkAcls": {"NetworkAcls": [ACL]},
            "ec2.ReplaceNetworkAclAssociation": Refusal("InvalidAssociationID.NotFound"),
        }
    )
    with pytest.raises(NoAnswer) as error:
        network_acl.put_under(aws.ec2_once(TOKYO), "subnet-1", "acl-2")
    assert error.value.maybe_done
