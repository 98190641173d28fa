"""Which vCPU quota an instance type counts against."""

from typing import TYPE_CHECKING

import pytest

from aws import quota

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

STANDARD, STANDARD_SPOT = "L-1216C47A", "L-34B43A08"


@pytest.mark.parametrize(
    ("type", "code"),
    [
        ("t3.micro", STANDARD),
        ("m7i.large", STANDARD),
        ("r6g.xlarge", STANDARD),
        ("im4gn.large", STANDARD),
        ("g5.xlarge", "L-DB2E81BA"),
        ("p5.48xlarge", "L-417A185B"),
        ("inf2.xlarge", "L-1945791B"),
        ("x2idn.16xlarge", "L-7295265B"),
        ("u-6tb1.56xlarge", "L-43DA4232"),
        ("mac2.metal", ""),
        ("", ""),
    ],
)
def test_types_are_counted_by_class(type: str, code: str) -> None:  # noqa: A002 - EC2's word
    assert quota.quota_of(type) == code


def test_spot_instances_have_quotas_of_their_own() -> None:
    assert quota.quota_of("m7i.large", spot=True) == STANDARD_SPOT


def test_only_what_runs_is_counted(ec2: "EC2Client", image: str) -> None:
    made = ec2.run_instances(ImageId=image, MinCount=3, MaxCount=3, InstanceType="t3.micro")["Instances"]
    ec2.stop_instances(InstanceIds=[made[0]["InstanceId"]])
    found = list(quota.running(ec2))
    assert {one.id for one in found} == {one["InstanceId"] for one in made[1:]}
    assert {(one.quota, one.vcpus > 0) for one in found} == {(STANDARD, True)}
