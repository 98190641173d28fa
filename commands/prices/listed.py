"""The dated file of list prices."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from commands.prices.rate import Rate, monthly

_FILE = Path(__file__).with_name("listed.toml")
_SIZES = {"nano": "0.0625", "micro": "0.125", "small": "0.25", "medium": "0.5", "large": "1", "xlarge": "2"}
_MANY = re.compile(r"(\d+)xlarge")
_BY_FAMILY = ("ec2", "rds")
EVERYWHERE = "*"


def rate(key: str, region: str) -> Rate | None:
    """What the file says of a key in a region; None: it says nothing."""
    kind, _, rest = key.partition(".")
    if kind not in _BY_FAMILY:
        amount = _amount(kind, rest, region)
        return None if amount is None else _rate(key, amount)
    section, family, size = _split(kind, rest)
    times, large = times_large(size), _amount(section, family, region)
    return None if times is None or large is None else _rate(key, large * times)


def as_of() -> date:
    """The day that the file's prices are of."""
    read: date = _read()["as_of"]
    return read


def times_large(size: str) -> Decimal | None:
    """What a size costs beside the .large of its family; None for one that is not in proportion (metal)."""
    if size in _SIZES:
        return Decimal(_SIZES[size])
    many = _MANY.fullmatch(size)
    return Decimal(many[1]) * 2 if many else None


def _split(kind: str, rest: str) -> tuple[str, str, str]:
    """Section, family and size of ec2.m5.large and rds.mysql.m5.large."""
    head, _, size = rest.rpartition(".")
    engine, _, family = head.rpartition(".")
    return (f"{kind}.{engine}" if engine else kind), family, size


def _rate(key: str, amount: Decimal) -> Rate:
    return Rate(monthly(key, amount), as_of(), asked=False)


def _amount(section: str, name: str, region: str) -> Decimal | None:
    table: Mapping[str, Any] = _read().get(section, {})
    regions, amounts = table.get("regions", ()), table.get(name)
    where = EVERYWHERE if EVERYWHERE in regions else region
    if amounts is None or name == "regions" or where not in regions:
        return None
    written = amounts[regions.index(where)]
    return Decimal(written) if written else None


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
