"""Canaries: replies are written by hand and held against botocore's models."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from aws import canary
from aws.canary import Canary, Wanted
from tests.canned import TOKYO, Answer, CannedAccounts

WANTED = Wanted(
    "shop", 'https://shop.example.com/?q="x"', 1, "arn:aws:iam::123456789012:role/canary", "s3://c/shop"
)


def test_it_is_found_by_its_name_with_how_it_stands() -> None:
    status = {"State": "ERROR", "StateReason": "no such role"}
    page = {"Canaries": [{"Name": "shop", "Status": status}, {"Name": "shop-2"}]}
    client = canary.client(CannedAccounts({"synthetics.DescribeCanaries": page}), TOKYO)
    assert canary.find(client, "shop") == Canary("shop", "ERROR", "no such role")
    assert canary.find(client, "another") is None


def test_it_is_made_as_synthetics_takes_it() -> None:
    asked: list[Mapping[str, Any]] = []

    def created(params: Any) -> Mapping[str, Any]:
        asked.append(params)
        return {"Canary": {"Name": "shop"}}

    replies: dict[str, Answer] = {"synthetics.CreateCanary": created, "synthetics.StartCanary": {}}
    client = canary.client(CannedAccounts(replies), TOKYO)
    assert canary.create(client, WANTED, {"toban:operation": "1"}) == "canned"
    assert canary.start(client, "shop") == "canned"
    assert b"rate(1 minute)" in bytes(asked[0])  # type: ignore[arg-type]  # the body as it is sent


def test_the_script_is_the_same_each_time_and_holds_the_address_as_a_text() -> None:
    packed = canary.packed(WANTED.url)
    assert packed == canary.packed(WANTED.url)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        (name,) = archive.namelist()
        script = archive.read(name).decode()
    assert name == "python/canary.py"
    known: dict[str, Any] = {}
    exec(compile(script, name, "exec"), known)  # it is our own
    assert known["URL"] == WANTED.url
    assert callable(known["handler"])
