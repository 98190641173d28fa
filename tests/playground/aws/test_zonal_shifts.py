"""Zonal shifts of the local AWS, which moto lacks: each answer is held against botocore's model of ARC.

That shows that its shapes are AWS's; what it does is as its pages say, and nobody has asked AWS.
"""

from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.canned import hold_against_model
from tests.playground.aws.conftest import ONCE, PRODUCTION

HERE = {"ZoneName": "ap-northeast-1a"}


def ask(arc: Any, operation: str, **asked: Any) -> dict[str, Any]:
    """The answer to a call, once it was held against the model."""
    answer: dict[str, Any] = getattr(arc, xform_name(operation))(**asked)
    answer.pop("ResponseMetadata")
    hold_against_model(arc.meta.service_model.operation_model(operation), answer)
    return answer


@pytest.fixture
def arc(aws: LocalAws) -> Any:
    return aws.client("arc-zonal-shift", account=PRODUCTION, config=ONCE)


def balancer(aws: LocalAws, name: str, *, opted_in: bool = True) -> str:
    ec2 = aws.client("ec2", account=PRODUCTION)
    subnets = [one["SubnetId"] for one in ec2.describe_subnets()["Subnets"]]
    elbv2 = aws.client("elbv2", account=PRODUCTION)
    arn = elbv2.create_load_balancer(Name=name, Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    wanted = [{"Key": "zonal_shift.config.enabled", "Value": "true" if opted_in else "false"}]
    elbv2.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=wanted)
    return str(arn)


def zone_id(aws: LocalAws) -> str:
    zones = aws.client("ec2", account=PRODUCTION).describe_availability_zones()["AvailabilityZones"]
    return next(str(one["ZoneId"]) for one in zones if one["ZoneName"] == HERE["ZoneName"])


def start(aws: LocalAws, arc: Any, arn: str, expires: str = "10m") -> dict[str, Any]:
    more = {"awayFrom": zone_id(aws), "expiresIn": expires, "comment": "toban #1"}
    return ask(arc, "StartZonalShift", resourceIdentifier=arn, **more)


def shifts(arc: Any) -> list[str]:
    found = ask(arc, "ListManagedResources")["items"]
    return [shift["comment"] for one in found for shift in one["zonalShifts"]]


def why(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    response: Any = error.value.response
    return response["Error"]["Code"], response.get("reason", "")


def test_only_a_balancer_that_is_opted_in_can_be_shifted(aws: LocalAws, arc: Any) -> None:
    there, elsewhere = balancer(aws, "web"), balancer(aws, "old", opted_in=False)
    (one,) = ask(arc, "ListManagedResources")["items"]
    assert (one["arn"], one["appliedWeights"][zone_id(aws)]) == (there, 1.0)
    with pytest.raises(ClientError) as refused:
        start(aws, arc, elsewhere)
    assert why(refused)[0] == "ResourceNotFoundException"


def test_a_shift_takes_the_weight_of_the_zone_until_it_is_cancelled(aws: LocalAws, arc: Any) -> None:
    begun = start(aws, arc, balancer(aws, "web"))
    assert begun["status"] == "ACTIVE"
    (one,) = ask(arc, "ListManagedResources")["items"]
    assert one["appliedWeights"][zone_id(aws)] == 0.0
    assert ask(arc, "CancelZonalShift", zonalShiftId=begun["zonalShiftId"])["status"] == "CANCELED"
    assert shifts(arc) == []


def test_it_expires_by_itself(aws: LocalAws, arc: Any) -> None:
    begun = start(aws, arc, balancer(aws, "web"), "10m")
    aws.control.advance(599)
    assert shifts(arc) == ["toban #1"]
    aws.control.advance(2)
    assert shifts(arc) == []
    with pytest.raises(ClientError) as refused:
        ask(arc, "CancelZonalShift", zonalShiftId=begun["zonalShiftId"])
    assert why(refused) == ("ConflictException", "ZonalShiftStatusNotActive")


def test_a_balancer_has_one_shift_at_a_time(aws: LocalAws, arc: Any) -> None:
    arn = balancer(aws, "web")
    start(aws, arc, arn)
    with pytest.raises(ClientError) as refused:
        start(aws, arc, arn)
    assert why(refused) == ("ConflictException", "ZonalShiftAlreadyExists")


def test_a_length_or_a_zone_that_there_is_not_is_refused(aws: LocalAws, arc: Any) -> None:
    arn = balancer(aws, "web")
    with pytest.raises(ClientError) as refused:
        start(aws, arc, arn, "73h")
    assert why(refused) == ("ValidationException", "InvalidExpiresIn")
    with pytest.raises(ClientError) as refused:
        ask(arc, "StartZonalShift", resourceIdentifier=arn, awayFrom="x", expiresIn="1m", comment="")
    assert why(refused) == ("ValidationException", "InvalidAz")


def test_the_log_of_calls_names_them_as_aws_does(aws: LocalAws, arc: Any) -> None:
    begun = start(aws, arc, balancer(aws, "web"))
    ask(arc, "CancelZonalShift", zonalShiftId=begun["zonalShiftId"])
    assert aws.control.count("StartZonalShift") == aws.control.count("CancelZonalShift") == 1
