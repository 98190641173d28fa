"""Links to the AWS console: right for the region, and only where there is room."""

import json
from typing import Any

import pytest

from aws.account import Place
from bot.operation import State
from bot.plan import Table
from bot.views.blocks import SECTION, section
from bot.views.card import card
from bot.views.console import ROOM, address, linked
from bot.views.message import Message
from bot.views.table import table_blocks
from bot.views.text import code
from bot.words import words
from tests.bot.views.reports import NOW, report, row, speaker

TOKYO = "ap-northeast-1"
HERE = "https://ap-northeast-1.console.aws.amazon.com/ec2/home?region=ap-northeast-1#"
PLACE = Place("prod", TOKYO)


def text(block: dict[str, Any]) -> str:
    return str(block["text"]["text"])


@pytest.mark.parametrize(
    ("resource", "page"),
    [
        ("i-0abc", "InstanceDetails:instanceId=i-0abc"),
        ("vol-0abc", "VolumeDetails:volumeId=vol-0abc"),
        ("snap-0abc", "SnapshotDetails:snapshotId=snap-0abc"),
        ("ami-0abc", "ImageDetails:imageId=ami-0abc"),
    ],
)
def test_each_kind_has_its_page_in_its_region(resource: str, page: str) -> None:
    assert address(resource, TOKYO) == f"{HERE}{page}"


def test_china_and_govcloud_have_consoles_of_their_own() -> None:
    assert address("i-0abc", "cn-north-1").startswith("https://cn-north-1.console.amazonaws.cn/")
    assert address("i-0abc", "us-gov-west-1").startswith(
        "https://us-gov-west-1.console.amazonaws-us-gov.com/"
    )


@pytest.mark.parametrize(("resource", "region"), [("nightly", TOKYO), ("i-0abc", ""), ("i-0abc|>", TOKYO)])
def test_what_has_no_page_has_no_link(resource: str, region: str) -> None:
    assert address(resource, region) == ""


def test_a_card_links_its_targets_and_its_plain_text_keeps_the_ids() -> None:
    made = card(report(), speaker(), NOW)
    assert f"<{HERE}InstanceDetails:instanceId=i-0abc|i-0abc>" in json.dumps(made.blocks)
    assert "`i-0abc` web-1" in made.text
    assert "https://" not in made.text


def test_a_link_that_has_no_room_stays_an_id() -> None:
    full = section(code("i-0abc") + "x" * (SECTION - 20))
    assert text(linked([full], {"i-0abc": PLACE})[0]) == text(full)
    many = [section("x" * (SECTION - 10))] * (ROOM // SECTION) + [section(code("i-0abc"))]
    assert text(linked(many, {"i-0abc": PLACE})[-1]) == "`i-0abc`"


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
    assert address("i-0abc", "dev-web-02") == ""
