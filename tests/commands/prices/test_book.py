"""Prices are asked of AWS once a day where that is possible; else the dated file stands in."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.command import World
from commands.prices import book, thing
from commands.prices.estimate import price
from playground.aws.faults import Fault, Kind
from tests.aws.test_price_list import product
from tests.canned import Answer, CannedAccounts, Refusal
from tests.commands.desk import Desk

TOKYO = "ap-northeast-1"
GP3 = thing.volume("gp3", 100, 3000, 625)
NAME = "api.pricing.GetProducts"


def world_of(desk: Desk, answer: Answer) -> tuple[World, CannedAccounts]:
    """The desk's world, with a Price List that answers so."""
    aws = CannedAccounts({NAME: answer})
    return replace(desk.house.path.observer(), aws=aws), aws


def of_tokyo(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """A few lines of Tokyo's list, by family or type."""
    asked = json.loads(body) if isinstance(body, str | bytes) else body
    fields = {one["Field"]: one["Value"] for one in asked["Filters"]}
    products = {
        "Storage": (
            product("APN1-EBS:VolumeUsage.gp3", "GB-Mo", "0.0900000000"),
            product("APN1-EBS:VolumeUsage.gp2", "GB-Mo", "0.1100000000"),
        ),
        "Provisioned Throughput": (product("APN1-EBS:VolumeP-Throughput.gp3", "GiBps-mo", "51.2"),),
        "m7i.large": (
            product("APN1-BoxUsage:m7i.large", "Hrs", "0.13"),
            product("APN1-UnusedBox:m7i.large", "Hrs", "0.14"),
        ),
        "c7i.large": (
            product("APN1-BoxUsage:c7i.large", "Hrs", "0.13"),
            product("APN1-BoxUsage:c7i.large", "Hrs", "0.14"),
        ),
    }
    key = fields.get("productFamily") or fields["instanceType"]
    return {"FormatVersion": "aws_v1", "PriceList": list(products.get(key, ()))}


def test_a_volume_is_priced_by_what_aws_says_today(desk: Desk) -> None:
    """9 for the size; 500 MiB/s beyond 125, of which a GiB/s costs 51.2: 25."""
    world, _ = world_of(desk, of_tokyo)
    assert book.ask(world, [(GP3, TOKYO)]) == ()
    found = price(GP3, TOKYO, book.known(world))
    assert found.amount == Decimal(34)
    assert found.exact


def test_what_was_asked_today_is_not_asked_again_and_tomorrow_it_is(desk: Desk) -> None:
    world, aws = world_of(desk, of_tokyo)
    for _ in range(3):
        book.ask(world, [(GP3, TOKYO), (thing.volume("gp2", 1), TOKYO)])
    assert aws.asked == [NAME] * 2  # gp2 and gp3 stand in one answer
    later = replace(world, now=world.now + timedelta(days=1))
    book.ask(later, [(GP3, TOKYO)])
    assert aws.asked == [NAME] * 4


def test_of_an_instance_type_what_runs_counts_not_what_is_reserved_for_it(desk: Desk) -> None:
    world, _ = world_of(desk, of_tokyo)
    one = thing.instance("m7i.large")
    book.ask(world, [(one, TOKYO)])
    assert price(one, TOKYO, book.known(world)).amount == Decimal("94.90")


def test_two_prices_for_one_thing_are_none_and_the_file_stands_in(desk: Desk) -> None:
    world, _ = world_of(desk, of_tokyo)
    one = thing.instance("c7i.large")
    book.ask(world, [(one, TOKYO)])
    found = price(one, TOKYO, book.known(world))
    assert found.amount == Decimal("0.11235") * 730
    assert not found.exact


def test_without_the_right_the_file_stands_in_and_it_is_said(desk: Desk) -> None:
    refused = Refusal("AccessDeniedException", "User: x is not authorized to perform: pricing:GetProducts")
    world, aws = world_of(desk, refused)
    (note,) = book.ask(world, [(GP3, TOKYO)])
    assert str(note).startswith("AWS's Price List could not be asked, so these are list prices of 2025-03-02")
    assert "pricing:GetProducts" in str(note)
    assert price(GP3, TOKYO, book.known(world)).amount == Decimal("33.6")
    book.ask(world, [(GP3, TOKYO)])
    assert aws.asked == [NAME]  # for an hour it is left alone


def test_an_endpoint_that_is_away_is_tried_once(desk: Desk) -> None:
    desk.local.control.order(Fault(Kind.CUT_BEFORE, action="GetProducts"))
    world = desk.house.path.observer()
    desk.local.control.log.clear()
    assert len(book.ask(world, [(GP3, TOKYO), (thing.instance("m5.large"), TOKYO)])) == 1
    assert desk.local.control.count("GetProducts", "cut-before") == 1


def test_what_only_looks_at_known_prices_asks_nobody(desk: Desk) -> None:
    world, aws = world_of(desk, Refusal("InternalFailure"))
    assert price(GP3, TOKYO, book.known(world)).amount == Decimal("33.6")
    assert aws.asked == []
