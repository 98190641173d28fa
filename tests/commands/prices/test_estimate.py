"""What things cost a month, computed by hand; and what is not known."""

from datetime import date
from decimal import Decimal

import pytest

from commands.prices import estimate, listed, thing
from commands.prices.estimate import dollars, price, together
from commands.prices.rate import Rate
from commands.prices.thing import Thing

TOKYO, VIRGINIA, IRELAND = "ap-northeast-1", "us-east-1", "eu-west-1"


def said(one: Thing, region: str = TOKYO) -> str:
    amount = price(one, region, listed.rate).amount
    return "unknown" if amount is None else dollars(amount)


@pytest.mark.parametrize(
    ("one", "region", "costs"),
    [
        (thing.instance("m7i.large"), TOKYO, "$95.05"),  # 0.1302 * 730 = 95.046
        (thing.instance("t3.micro"), VIRGINIA, "$7.59"),  # 0.0832 / 8 * 730 = 7.592
        (thing.instance("t4g.nano"), VIRGINIA, "$3.07"),  # 0.0672 / 16 * 730 = 3.066
        (thing.instance("m5.24xlarge"), VIRGINIA, "$3,363.84"),  # 0.096 * 48 * 730
        (thing.volume("gp2", 500), TOKYO, "$60.00"),
        (thing.volume("gp3", 500, 3000, 125), TOKYO, "$48.00"),
        (thing.volume("gp3", 500), TOKYO, "$48.00"),  # EC2 says 3,000 and 125; whoever says nothing means it
        (thing.volume("gp3", 500, 4000, 250), TOKYO, "$60.00"),  # 48 + 1000 * 0.006 + 125 * 0.048
        (thing.volume("io1", 100, 2000), IRELAND, "$157.80"),  # 13.8 + 2000 * 0.072
        (thing.volume("io2", 100, 2000), VIRGINIA, "$142.50"),  # 12.5 + 2000 * 0.065
        (thing.volume("st1", 2000), TOKYO, "$108.00"),
        (thing.volume("sc1", 2000), IRELAND, "$33.60"),
        (thing.volume("standard", 10), TOKYO, "$0.80"),
        (thing.snapshot(50), TOKYO, "$2.50"),
        (thing.snapshot(50, archived=True), TOKYO, "$0.63"),  # 0.625: half a cent goes up
        (thing.address(), TOKYO, "$3.65"),
        (thing.address(), "me-south-1", "$3.65"),  # the same everywhere
        (thing.balancer("application"), TOKYO, "$17.74"),  # 0.0243 * 730 = 17.739
        (thing.balancer("network"), VIRGINIA, "$16.43"),  # 0.0225 * 730 = 16.425
        (thing.balancer("classic"), VIRGINIA, "$18.25"),
        (thing.nat_gateway(), TOKYO, "$45.26"),
        (thing.database("db.m5.large", "mysql"), VIRGINIA, "$124.83"),
        (thing.database("db.m5.large", "mysql", multi_az=True), VIRGINIA, "$249.66"),
        (thing.instance("t3.micro") + thing.volume("gp3", 8) + thing.address(), VIRGINIA, "$11.88"),
    ],
)
def test_a_month_by_hand(one: Thing, region: str, costs: str) -> None:
    assert said(one, region) == costs


@pytest.mark.parametrize(
    "one",
    [
        thing.instance("x2idn.16xlarge"),
        thing.instance("m5.metal"),
        thing.instance("t3a.large") + thing.volume("gp4", 8),
        thing.volume("", 8),
        thing.volume("io2", 100, 40_000),  # the file has no price of the second tier
        thing.database("db.r6g.large", "aurora-mysql"),
        Thing(),
    ],
)
def test_what_the_list_does_not_name_is_unknown_and_never_nothing(one: Thing) -> None:
    found = price(one, TOKYO, listed.rate)
    assert found.amount is None
    assert found.hourly is None
    assert str(found.basis).startswith("no price is known of")


def test_a_region_that_the_list_does_not_name_is_unknown() -> None:
    assert said(thing.volume("gp3", 8), "sa-east-1") == "unknown"


def test_iops_of_io2_cost_by_tiers() -> None:
    parts = {part.key: part.quantity for part in thing.volume("io2", 100, 70_000).parts}
    assert parts == {
        "ebs.io2": 100,
        "ebs.io2.iops": 32_000,
        "ebs.io2.iops.tier2": 32_000,
        "ebs.io2.iops.tier3": 6_000,
    }


def test_it_says_of_which_day_the_prices_are() -> None:
    old = price(thing.volume("gp3", 8), TOKYO, listed.rate)
    assert str(old.basis) == f"list prices of {listed.as_of()}, an estimate"
    assert not old.exact
    today = Rate(Decimal("0.1"), date(2026, 11, 30), asked=True)
    new = price(thing.volume("gp3", 8), TOKYO, lambda _key, _region: today)
    assert str(new.basis) == "AWS's Price List of 2026-11-30"
    assert new.exact


def test_a_snapshot_is_told_as_a_bound() -> None:
    found = price(thing.snapshot(8), TOKYO, listed.rate)
    assert found.at_most
    assert not price(thing.snapshot(8, archived=True), TOKYO, listed.rate).at_most


def test_a_sum_counts_what_is_not_known() -> None:
    every = [price(thing.volume(kind, 10), TOKYO, listed.rate) for kind in ("gp2", "gp3", "gp9")]
    assert together(every) == (Decimal("2.16"), 1)


def test_an_hour_is_a_month_by_730() -> None:
    hourly = price(thing.address(), TOKYO, listed.rate).hourly
    assert hourly == Decimal("0.005")


def test_money_is_rounded_half_up_where_it_is_shown() -> None:
    assert estimate.dollars(Decimal("1234.505")) == "$1,234.51"
