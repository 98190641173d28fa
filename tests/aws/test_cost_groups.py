"""What is kept of groups reads as the list that botocore gives."""

import copy
from typing import Any

from aws.cost_groups import Groups, Packing


def group(service: str, amount: str, unit: str = "USD", *metrics: str) -> dict[str, Any]:
    costs = {name: {"Amount": amount, "Unit": unit} for name in ("UnblendedCost", *metrics)}
    return {"Keys": [service, "111111111111"], "Metrics": costs}


def day(*groups: dict[str, Any]) -> dict[str, Any]:
    return {"Groups": list(groups), "Estimated": False}


MONDAY = day(group("Amazon S3", "1.5"), group("Tax", "-0.25"))


def test_groups_read_as_they_were() -> None:
    packed = Packing().pack(copy.deepcopy(MONDAY))
    groups = packed["Groups"]
    assert isinstance(groups, Groups)
    assert list(groups) == MONDAY["Groups"]
    assert (len(groups), groups[1], groups[-2:]) == (2, MONDAY["Groups"][1], MONDAY["Groups"])
    assert packed["Estimated"] is False


def test_the_keys_of_all_days_are_kept_once() -> None:
    packing = Packing()
    first, second = (packing.pack(copy.deepcopy(MONDAY))["Groups"] for _ in range(2))
    assert [id(keys) for keys in first._keys] == [id(keys) for keys in second._keys]


def test_a_day_without_groups_stays_as_it_is() -> None:
    assert Packing().pack(day()) == day()


def test_groups_of_several_metrics_or_currencies_stay_as_they_are() -> None:
    for mixed in (
        day(group("Amazon S3", "1", "USD", "BlendedCost")),
        day(group("Amazon S3", "1"), group("Tax", "150", "JPY")),
        day(group("Amazon S3", "1"), group("Tax", "1", "USD", "BlendedCost")),
        day({"Keys": [], "Metrics": {}}),
    ):
        assert Packing().pack(copy.deepcopy(mixed)) == mixed


def test_what_is_no_day_stays_as_it_is() -> None:
    assert Packing().pack({"Amount": "1", "Unit": "USD"}) == {"Amount": "1", "Unit": "USD"}
