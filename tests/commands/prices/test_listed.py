"""The dated file is whole: every line has a price, or says that there is none, for every region."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import commands.prices
from commands.prices import listed
from commands.prices.questions import question

READ = tomllib.loads(Path(commands.prices.__path__[0], "listed.toml").read_text(encoding="utf-8"))
SECTIONS = {name: table for name, table in READ.items() if isinstance(table, dict)}
FAMILIES = (
    "t3",
    "t3a",
    "t4g",
    *(f"{letter}{n}" for letter in "mcr" for n in ("5", "6i", "6g", "7g")),
    "m7i",
    "c7i",
)
DISKS = (
    "gp2",
    "gp3",
    "gp3.iops",
    "gp3.throughput",
    "io1",
    "io1.iops",
    "io2",
    "io2.iops",
    "st1",
    "sc1",
    "standard",
)
HOMES = ("ap-northeast-1", "us-east-1", "us-west-2", "eu-west-1")


def test_it_is_dated() -> None:
    assert isinstance(READ["as_of"], date)
    assert listed.as_of() == READ["as_of"]


def test_every_line_has_a_place_for_every_region_and_amounts_are_plain() -> None:
    for table in SECTIONS.values():
        for name, amounts in table.items():
            assert len(amounts) == len(table["regions"]), name
            assert name == "regions" or all(not one or Decimal(one) > 0 for one in amounts), name


@pytest.mark.parametrize("region", HOMES)
def test_what_a_team_has_mostly_is_known_where_it_is_mostly(region: str) -> None:
    keys = [f"ec2.{family}.large" for family in FAMILIES] + [f"ebs.{disk}" for disk in DISKS]
    keys += ["snapshot.standard", "snapshot.archive", "address.ipv4", "nat.gateway"]
    keys += [f"balancer.{kind}" for kind in ("application", "network", "classic")]
    assert [key for key in keys if listed.rate(key, region) is None] == []


def test_sizes_are_in_proportion() -> None:
    assert listed.times_large("nano") == Decimal("0.0625")
    assert listed.times_large("xlarge") == 2
    assert listed.times_large("24xlarge") == 48
    assert listed.times_large("metal") is None


def test_aws_is_asked_for_everything_that_is_in_the_file_but_addresses() -> None:
    """And for nothing that it is not: a key of the file that no question knows would stay old for ever."""
    keys = [
        f"{section}.{name}"
        for section, table in SECTIONS.items()
        for name in table
        if name != "regions" and section not in ("ec2", "rds.mysql")
    ]
    assert [key for key in keys if question(key, "us-east-1") is None] == ["address.ipv4"]
