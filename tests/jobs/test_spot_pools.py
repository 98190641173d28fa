"""Whether one pool carries too much of what runs on spot, said beside a spot notice."""

from pathlib import Path
from typing import Any

import pytest

from aws.account import AccountConfig
from aws.instance import Instance
from jobs import context
from jobs.spot_pools import Crowded, crowded
from tests.canned import Refusal
from tests.happened import INSTANCE, RULE, come, newest
from tests.house import house
from tests.jobs.test_context import ways

BIG = ("c5.large", "ap-northeast-1a")
OTHERS = [("m5.large", "ap-northeast-1a"), ("c5.large", "ap-northeast-1c")]
NOTICE = f"spot:{INSTANCE}"


def raw(number: int, kind: str, zone: str) -> dict[str, Any]:
    return {
        "InstanceId": f"i-{number:017x}",
        "InstanceType": kind,
        "InstanceLifecycle": "spot",
        "ImageId": "ami-0123456789abcdef0",
        "State": {"Code": 16, "Name": "running"},
        "Placement": {"AvailabilityZone": zone},
    }


def fleet(*pools: tuple[str, str], lifecycle: str = "spot") -> list[Instance]:
    rest = {"image_id": "", "tags": (), "volume_ids": (), "root_volume_id": "", "root_device": "ebs"}
    return [
        Instance(
            id=f"i-{number}", name="", state="running", state_reason="", type=kind, zone=zone,
            lifecycle=lifecycle, launched=None, **rest,  # type: ignore[arg-type] # what does not matter here
        )
        for number, (kind, zone) in enumerate(pools)
    ]  # fmt: skip


def test_more_than_half_of_them_in_one_pool_is_too_much() -> None:
    assert crowded(fleet(BIG, BIG, BIG, *OTHERS)) == Crowded("c5.large", "ap-northeast-1a", 3, 5)


def test_half_of_them_is_not() -> None:
    assert crowded(fleet(BIG, BIG, *OTHERS)) is None


def test_few_instances_cannot_be_spread_and_those_on_demand_do_not_count() -> None:
    assert crowded(fleet(BIG, BIG, BIG)) is None
    assert crowded(fleet(BIG, BIG, BIG, BIG, lifecycle="")) is None


@pytest.mark.parametrize(
    ("subject", "reply", "said"),
    [
        (NOTICE, [BIG, BIG, BIG, *OTHERS], True),
        (f"rebalance:{INSTANCE}", [BIG, BIG, BIG, *OTHERS], True),
        (NOTICE, [BIG, BIG, *OTHERS], False),
        ("arn:alarm:web-cpu", [BIG, BIG, BIG, *OTHERS], False),
        (NOTICE, None, False),
    ],
    ids=["a notice", "a rebalance", "well spread", "no notice", "not to be read"],
)
def test_a_spot_notice_says_which_pool_carries_too_much(
    tmp_path: Path, subject: str, reply: list[tuple[str, str]] | None, said: bool
) -> None:
    instances = [raw(number, *pool) for number, pool in enumerate(reply or [])]
    answer = {"Reservations": [{"Instances": instances}]} if reply else Refusal("UnauthorizedOperation")
    with house(tmp_path, [AccountConfig("dev", "123456789012", ("ap-northeast-1",))], rules=(RULE,)) as there:
        come(there, subject=subject)
        assert context.look(ways(there, **{"ec2.DescribeInstances": answer})) == 1
        found = [str(one) for one in newest(there, subject).context]
    expected = "3 of the 5 spot instances in ap-northeast-1 are c5.large in ap-northeast-1a"
    assert [one.startswith(expected) for one in found] == ([True] if said else [])
