"""JSON answers are read as botocore reads them, for every call of the services that toban asks."""

import json
from collections.abc import Mapping
from typing import Any, cast

import pytest
from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StructureShape
from botocore.parsers import JSONParser

from aws import timestamp
from aws.answers import Parsers
from aws.json_answers import PlainParser, is_plain

SCALARS = {"string": "a \u00e4 \u5f53", "integer": 7, "long": 8, "boolean": True, "double": 1.5, "float": 2.5,
           "timestamp": 1_795_000_000.5, "blob": "YWJj"}  # fmt: skip
SERVICES = ("ce", "cloudtrail", "kms", "service-quotas", "ssm")
MODELS = {name: ServiceModel(Loader().load_service_model(name, "service-2"), name) for name in SERVICES}

ours, theirs = PlainParser(timestamp_parser=timestamp.parse), JSONParser(timestamp_parser=timestamp.parse)


def written(shape: Shape, deep: int) -> Any:
    match shape:
        case StructureShape():
            members = {one.serialization.get("name", name): one for name, one in shape.members.items()}
            some = [*members.items()][: 1 if shape.is_tagged_union else None]
            return {name: written(one, deep - 1) for name, one in some if deep or shape.is_tagged_union}
        case ListShape():
            return [written(shape.member, deep - 1)] * 2 if deep else []
        case MapShape():
            return {"key": written(shape.value, deep - 1)} if deep else {}
        case _:
            return SCALARS[shape.type_name]


def read(parser: JSONParser, shape: Shape | None, body: bytes) -> Any:
    answer = {"status_code": 200, "headers": {"x-amzn-RequestId": "r-1"}, "body": body}
    return plainly(parser.parse(answer, cast("Shape", shape)))  # None for a call that answers nothing


def plainly(found: Any) -> Any:
    """With lists for what reads as a list."""
    if isinstance(found, Mapping):
        return {name: plainly(value) for name, value in found.items()}
    return (
        [*map(plainly, found)] if hasattr(found, "__iter__") and not isinstance(found, str | bytes) else found
    )


@pytest.mark.parametrize("service", SERVICES)
def test_every_answer_is_read_as_botocore_reads_it(service: str) -> None:
    model = MODELS[service]
    for name in model.operation_names:
        shape = model.operation_model(name).output_shape
        body = json.dumps(written(shape, 8) if shape else {}).encode()
        assert read(ours, shape, body) == read(theirs, shape, body), name


def shape_of(service: str, call: str) -> Shape:
    found = MODELS[service].operation_model(call).output_shape
    assert found is not None
    return found


def test_only_what_needs_no_conversion_is_plain() -> None:
    assert is_plain(shape_of("ce", "GetCostAndUsage"))
    assert is_plain(shape_of("ce", "GetCostForecast"))
    assert not is_plain(shape_of("cloudtrail", "LookupEvents")), "it has timestamps"
    assert not is_plain(shape_of("kms", "Encrypt")), "it has a blob"


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"<html>not JSON</html>", b'{"NextPageToken": null, "ResultsByTime": [{"Groups": null}]}'],
    ids=["nothing", "empty", "no JSON", "null"],
)
def test_what_is_strange_is_read_as_botocore_reads_it(body: bytes) -> None:
    shape = shape_of("ce", "GetCostAndUsage")
    assert read(ours, shape, body) == read(theirs, shape, body)


def test_a_member_that_botocore_does_not_know_stays() -> None:
    body = b'{"NextPageToken": "more", "New": {"a": 1}}'
    shape = shape_of("ce", "GetCostAndUsage")
    assert read(ours, shape, body) == read(theirs, shape, body) | {"New": {"a": 1}}


def test_an_error_is_read_as_botocore_reads_it() -> None:
    body = b'{"__type": "com.amazon#DataUnavailableException", "Message": "too little"}'
    refused = {"status_code": 400, "headers": {}, "body": body}
    shape = shape_of("ce", "GetCostForecast")
    assert ours.parse(refused, shape) == theirs.parse(refused, shape)
    assert ours.parse(refused, shape)["Error"]["Code"] == "DataUnavailableException"


def test_every_client_that_speaks_json_reads_so() -> None:
    assert type(Parsers().create_parser("json")) is PlainParser
