"""How the Price List is asked, and how its products are read."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from aws import price_list
from aws.errors import Denied
from aws.price_list import A_DAY, PATIENCE, Kept, Listed, Question
from tests.canned import CannedAccounts, Refusal

TOKYO = "ap-northeast-1"
STORAGE = Question("AmazonEC2", TOKYO, (("productFamily", "Storage"),))
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def product(usage: str, unit: str, *amounts: str, begins: str = "0", currency: str = "USD") -> str:
    """A product as GetProducts answers it: JSON in a string; later amounts are those of larger quantities."""
    dimensions: dict[str, Any] = {
        f"rate-{n}": {
            "unit": unit,
            "beginRange": begins if not n else str(n * 1000),
            "endRange": "Inf",
            "pricePerUnit": {currency: amount},
        }
        for n, amount in enumerate(amounts)
    }
    return json.dumps(
        {
            "product": {"productFamily": "Storage", "attributes": {"usagetype": usage, "regionCode": TOKYO}},
            "terms": {
                "OnDemand": {"SKU.TERM": {"priceDimensions": dimensions}},
                "Reserved": {"SKU.R": {"priceDimensions": dimensions}},
            },
        }
    )


def asked(*products: str) -> list[Listed]:
    aws = CannedAccounts(
        {"api.pricing.GetProducts": {"FormatVersion": "aws_v1", "PriceList": list(products)}}
    )
    return list(price_list.find(price_list.client(aws, "dev", TOKYO), STORAGE))


@pytest.mark.parametrize(
    "usage",
    ["EBS:VolumeUsage.gp3", "APN1-EBS:VolumeUsage.gp3", "EU-EBS:VolumeUsage.gp3", "USW2-EBS:VolumeUsage.gp3"],
)
def test_the_region_that_a_usage_type_begins_with_is_left_out(usage: str) -> None:
    listed = Listed("EBS:VolumeUsage.gp3", "GB-Mo", Decimal("0.0960000000"))
    assert asked(product(usage, "GB-Mo", "0.0960000000")) == [listed]


def test_a_usage_type_may_begin_with_small_letters_and_a_hyphen() -> None:
    assert asked(product("APN1-NatGateway-Hours", "Hrs", "0.062"))[0].usage == "NatGateway-Hours"
    assert asked(product("NatGateway-Hours", "Hrs", "0.045"))[0].usage == "NatGateway-Hours"


def test_only_the_price_of_the_first_unit_on_demand_in_dollars_counts() -> None:
    assert [one.amount for one in asked(product("u", "GB-Mo", "0.05", "0.04"))] == [Decimal("0.05")]
    assert asked(product("u", "GB-Mo", "0.05", currency="CNY")) == []


def test_what_is_asked_for_names_the_region_and_every_attribute() -> None:
    sent: list[Any] = []

    def answer(body: Mapping[str, Any]) -> Mapping[str, Any]:
        sent.append(json.loads(body) if isinstance(body, str | bytes) else body)
        return {"FormatVersion": "aws_v1", "PriceList": []}

    aws = CannedAccounts({"api.pricing.GetProducts": answer})
    assert list(price_list.find(price_list.client(aws, "dev", TOKYO), STORAGE)) == []
    (said,) = sent
    assert said["ServiceCode"] == "AmazonEC2"
    assert [(one["Field"], one["Value"]) for one in said["Filters"]] == [
        ("regionCode", TOKYO),
        ("productFamily", "Storage"),
    ]


@pytest.mark.parametrize(
    ("region", "endpoint"),
    [
        (TOKYO, "ap-south-1"),
        ("eu-west-1", "eu-central-1"),
        ("us-west-2", "us-east-1"),
        ("sa-east-1", "us-east-1"),
    ],
)
def test_one_of_the_three_endpoints_is_asked(region: str, endpoint: str) -> None:
    assert price_list.client(CannedAccounts({}), "dev", region).meta.region_name == endpoint


def test_a_right_that_is_missing_is_named() -> None:
    refused = Refusal("AccessDeniedException", "User: arn is not authorized to perform: pricing:GetProducts")
    aws = CannedAccounts({"api.pricing.GetProducts": refused})
    with pytest.raises(Denied) as denied:
        list(price_list.find(price_list.client(aws, "dev", TOKYO), STORAGE))
    assert denied.value.action == "pricing:GetProducts"


def test_what_was_asked_is_kept_for_a_day() -> None:
    kept = Kept()
    kept.keep(STORAGE, NOW, ())
    assert kept.known(STORAGE, NOW + A_DAY - timedelta(seconds=1)) == (NOW, ())
    assert kept.known(STORAGE, NOW + A_DAY) is None


def test_after_a_failure_it_is_left_alone_for_an_hour() -> None:
    kept = Kept()
    kept.fail(NOW)
    assert not kept.may_be_asked(NOW + PATIENCE - timedelta(seconds=1))
    assert kept.may_be_asked(NOW + PATIENCE)


def test_whoever_asks_with_other_accounts_keeps_something_else() -> None:
    mine, others = CannedAccounts({}), CannedAccounts({})
    assert price_list.kept(mine) is price_list.kept(mine)
    assert price_list.kept(mine) is not price_list.kept(others)
