"""Spot instances of the local AWS: a notice, and what is left two minutes later."""

from typing import TYPE_CHECKING, Any

import pytest

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


@pytest.fixture
def spot(aws: LocalAws, ec2: "EC2Client") -> str:
    market: Any = {"MarketType": "spot"}
    made = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1, InstanceMarketOptions=market)
    key = made["Instances"][0]["InstanceId"]
    instance = aws.backend("ec2", PRODUCTION, "ap-northeast-1").get_instance(key)
    instance.spot_instance_request_id = "sir-1abc2def"
    return key


def request(ec2: "EC2Client") -> tuple[str, str]:
    (found,) = ec2.describe_spot_instance_requests()["SpotInstanceRequests"]
    return found["State"], found["Status"]["Code"]


def test_a_spot_instance_is_marked_and_two_minutes_later_gone(
    aws: LocalAws, ec2: "EC2Client", spot: str
) -> None:
    assert request(ec2) == ("active", "fulfilled")
    aws.control.give_spot_notice(spot)
    assert request(ec2) == ("active", "marked-for-termination")
    aws.control.advance(120)
    gone = ec2.describe_instances(InstanceIds=[spot])["Reservations"][0]["Instances"][0]
    assert (gone["State"]["Name"], gone["InstanceLifecycle"]) == ("terminated", "spot")
    assert gone["StateReason"]["Code"] == "Server.SpotInstanceTermination"
    assert gone["SpotInstanceRequestId"] == "sir-1abc2def"
    assert request(ec2)[0] == "closed"


def test_nobody_takes_an_ordinary_instance_away(aws: LocalAws, instance: str) -> None:
    with pytest.raises(ValueError, match="no spot instance"):
        aws.control.give_spot_notice(instance)
