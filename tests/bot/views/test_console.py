"""Links to the AWS console: right for the region, and only where there is room."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.console import Console
from bot.operation import State
from bot.plan import Resource, Table
from bot.views.blocks import SECTION, section
from bot.views.card import card
from bot.views.console import ROOM, linked
from bot.views.message import Message
from bot.views.table import table_blocks
from bot.views.text import code
from bot.words import words
from tests.bot.views.reports import NOW, report, row, speaker

TOKYO = "ap-northeast-1"
HERE = "https://ap-northeast-1.console.aws.amazon.com/ec2/home?region=ap-northeast-1#"
PLACE = {"i-0abc": Resource("prod", TOKYO, "instance", "i-0abc")}
PORTAL = Console("https://d-1234567890.awsapps.com/start", "ReadOnlyAccess", {"prod": "222222222222"})


def text(block: dict[str, Any]) -> str:
    return str(block["text"]["text"])


def test_a_card_links_its_targets_and_its_plain_text_keeps_the_ids() -> None:
    made = card(report(), speaker(), NOW)
    assert f"<{HERE}InstanceDetails:instanceId=i-0abc|i-0abc>" in json.dumps(made.blocks)
    assert "`i-0abc` web-1" in made.text
    assert "https://" not in made.text


def test_a_link_that_has_no_room_stays_an_id() -> None:
    full = section(code("i-0abc") + "x" * (SECTION - 20))
    assert text(linked([full], PLACE, Console())[0]) == text(full)
    many = [section("x" * (SECTION - 10))] * (ROOM // SECTION) + [section(code("i-0abc"))]
    assert text(linked(many, PLACE, Console())[-1]) == "`i-0abc`"


def test_a_full_card_stays_within_the_limits() -> None:
    rows = tuple(row(id_=f"i-{n:017x}", name="長い名前" * 30) for n in range(8))
    made = card(report(State.WAITING, steps=rows), speaker("ja"), NOW)
    sections = [text(block) for block in made.blocks if block["type"] == "section"]
    assert max(map(len, sections)) <= SECTION
    assert sum(map(len, sections)) <= ROOM + 500


def test_a_table_links_ids_whose_row_names_a_zone() -> None:
    heads = (words("Name"), words("Instance"), words("Zone"))
    (made,) = table_blocks(Table(heads, (("web", "i-0abc", f"{TOKYO}a"), ("db", "i-0def", "–"))), speaker())
    assert f"{HERE}InstanceDetails:instanceId=i-0abc" in json.dumps(made)
    assert "instanceId=i-0def" not in json.dumps(made)
    assert "web | i-0abc |" in Message.of([made]).text


@pytest.mark.parametrize("name", ["dev-web-02", "web-east-1"])
def test_a_name_that_looks_like_a_region_is_none(name: str) -> None:
    heads = (words("Name"), words("Instance"), words("Region"))
    (made,) = table_blocks(Table(heads, ((name, "i-0abc", TOKYO),)), speaker())
    assert f"{HERE}InstanceDetails:instanceId=i-0abc" in json.dumps(made)


@pytest.mark.parametrize(
    ("head", "cells", "page"),
    [
        ("Database", ("shop", f"{TOKYO}a Multi-AZ"), "#database:id=shop;"),
        ("Group", ("web", f"{TOKYO}a {TOKYO}c"), "#AutoScalingGroupDetails:id=web"),
        ("Load balancer", ("front", TOKYO), "#LoadBalancers:search=front"),
        ("Name", ("front", TOKYO), ""),
    ],
)
def test_a_column_of_names_leads_to_the_pages_of_its_kind(
    head: str, cells: tuple[str, ...], page: str
) -> None:
    (made,) = table_blocks(Table((words(head), words("Zone")), (cells,)), speaker())
    said = json.dumps(made)
    assert page in said
    assert ("https://" in said) is bool(page)


def test_the_way_by_the_portal_is_longer_and_stays_within_the_limits() -> None:
    rows = tuple(row(id_=f"i-{n:017x}", name="長い名前" * 30) for n in range(8))
    speak = replace(speaker("ja"), console=PORTAL)
    made = card(report(State.WAITING, steps=rows), speak, NOW)
    sections = [text(block) for block in made.blocks if block["type"] == "section"]
    assert "awsapps.com/start/#/console?account_id=222222222222&amp;role_name=" in json.dumps(made.blocks)
    assert max(map(len, sections)) <= SECTION
    assert sum(map(len, sections)) <= ROOM + 500
    assert "awsapps" not in made.text


@pytest.mark.parametrize("name", ["*web*", "a_b c_", "ops :bell: x", "a&b"])
def test_a_name_that_needs_dressing_stays_as_it_is(name: str) -> None:
    named = {name: Resource("prod", TOKYO, "alarm", name)}
    assert text(linked([section(code(name))], named, Console())[0]) == code(name)
