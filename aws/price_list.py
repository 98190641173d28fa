"""AWS's Price List: what a unit of something costs by the list.  It is free of charge.

Sources: "Using the AWS Price List Query API" (AWS Billing user guide), by which it answers in three regions,
and "GetProducts" of its API reference.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from aws.account import Accounts, Place
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_pricing import PricingClient

A_DAY = timedelta(days=1)
PATIENCE = timedelta(hours=1)  # after a failure, until it is asked again
_PAGE = 100  # the most products on a page
_NEAREST = {"ap": "ap-south-1", "eu": "eu-central-1"}
_REST = "us-east-1"
_REGION = re.compile(r"[A-Z]{2,4}\d?-")  # APN1-EBS:VolumeUsage.gp3; Northern Virginia has none


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: products of a service in a region, by attributes that must all fit."""

    service: str  # the Price List's code, such as AmazonEC2
    region: str
    filters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One price, on demand, of the first unit on."""

    usage: str  # the usage type, less the region that it begins with: EBS:VolumeUsage.gp3
    unit: str  # GB-Mo, Hrs, IOPS-Mo, GiBps-mo ...
    amount: Decimal  # US dollars


Answer = tuple[Listed, ...]


def client(aws: Accounts, account: str, region: str) -> "PricingClient":
    """The Price List as an account asks it, at the endpoint nearest to a region.

    One attempt: whoever asks has other prices at hand, and somebody waits for them.
    """
    home = Place(account, _NEAREST.get(region.partition("-")[0], _REST))
    return cast("PricingClient", aws.client("pricing", home, once=True))


def find(pricing: "PricingClient", asked: Question) -> Iterator[Listed]:
    """Yield the on-demand prices of the products that fit.  Raises AwsError."""
    fields = (("regionCode", asked.region), *asked.filters)
    found = pricing.get_paginator("get_products").paginate(
        ServiceCode=asked.service,
        FormatVersion="aws_v1",
        Filters=[{"Type": "TERM_MATCH", "Field": name, "Value": value} for name, value in fields],
        PaginationConfig={"PageSize": _PAGE},
    )
    for page in pages(f"asking the Price List for {asked.service}", found):
        for product in page["PriceList"]:
            yield from _listed(json.loads(product))


def _listed(product: Mapping[str, Any]) -> Iterator[Listed]:
    attributes = product.get("product", {}).get("attributes", {})
    usage = _REGION.sub("", attributes.get("usagetype", ""), count=1)
    for term in product.get("terms", {}).get("OnDemand", {}).values():
        for one in term.get("priceDimensions", {}).values():
            if one.get("beginRange", "0") == "0" and "USD" in one.get("pricePerUnit", {}):
                yield Listed(usage, one.get("unit", ""), Decimal(one["pricePerUnit"]["USD"]))


@dataclass(slots=True)
class Kept:
    """What this process has asked, for a day.  Safe to share between threads."""

    _answers: dict[Question, tuple[datetime, Answer]] = field(default_factory=dict)
    _failed: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def known(self, asked: Question, now: datetime) -> tuple[datetime, Answer] | None:
        """When it was answered last and what; None: never, or too long ago."""
        with self._lock:
            found = self._answers.get(asked)
        return found if found is not None and now - found[0] < A_DAY else None

    def keep(self, asked: Question, now: datetime, answer: Answer) -> None:
        """It was answered now."""
        with self._lock:
            self._answers[asked], self._failed = (now, answer), None

    def fail(self, now: datetime) -> None:
        """It could not be asked now."""
        with self._lock:
            self._failed = now

    def may_be_asked(self, now: datetime) -> bool:
        """Whether it did not fail within the last hour."""
        with self._lock:
            return self._failed is None or now - self._failed >= PATIENCE


_KEPT: WeakKeyDictionary[Accounts, Kept] = WeakKeyDictionary()  # one for each maker of clients, as it lives


def kept(aws: Accounts) -> Kept:
    """What was asked through these accounts."""
    return _KEPT.setdefault(aws, Kept())
