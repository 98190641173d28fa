"""What EC2 answers is read as botocore reads it, for every call there is."""

from collections.abc import Iterator
from typing import Any, cast
from xml.sax.saxutils import escape

import pytest
from botocore.loaders import Loader
from botocore.model import ListShape, ServiceModel, Shape, StructureShape
from botocore.parsers import EC2QueryParser

from aws import timestamp
from aws.answers import Ec2Parser, Parsers

XMLNS = "http://ec2.amazonaws.com/doc/2016-11-15/"
SCALARS = {"string": "a & b", "integer": "7", "long": "8", "boolean": "true", "double": "1.5",
           "float": "2.5", "timestamp": "2026-11-22T01:02:03.000Z", "blob": "YWJj"}  # fmt: skip
EC2 = ServiceModel(Loader().load_service_model("ec2", "service-2"), "ec2")


def inner(shape: Shape, deep: int) -> Iterator[str]:
    match shape:
        case StructureShape() if deep:
            for name, member in shape.members.items():
                tag = member.serialization.get("name", name)
                yield f"<{tag}>{''.join(inner(member, deep - 1))}</{tag}>"
            yield "<newMember>that botocore does not know</newMember>"
        case ListShape() if deep:
            yield f"<item>{''.join(inner(shape.member, deep - 1))}</item>" * 2
        case StructureShape() | ListShape():
            return
        case _:
            yield escape(SCALARS[shape.type_name])


def answer(content: str) -> dict[str, Any]:
    body = f'<Answer xmlns="{XMLNS}"><requestId>r-1</requestId>{content}</Answer>'
    return {"status_code": 200, "headers": {}, "body": body.encode()}


def read(parser: EC2QueryParser, shape: Shape | None, content: str) -> Any:
    return parser.parse(answer(content), cast("Shape", shape))  # None for a call that answers nothing


ours, theirs = Ec2Parser(timestamp_parser=timestamp.parse), EC2QueryParser(timestamp_parser=timestamp.parse)


def test_every_answer_of_ec2_is_read_as_botocore_reads_it() -> None:
    for name in EC2.operation_names:
        shape = EC2.operation_model(name).output_shape
        content = "".join(inner(shape, 6)) if shape else ""
        assert read(ours, shape, content) == read(theirs, shape, content), name
    assert ours._readers, "botocore calls something else by now"


@pytest.mark.parametrize("content", ["", "<snapshotSet/>", "<snapshotSet><item/></snapshotSet>"])
def test_what_is_empty_is_read_as_botocore_reads_it(content: str) -> None:
    shape = EC2.operation_model("DescribeSnapshots").output_shape
    assert read(ours, shape, content) == read(theirs, shape, content)


def test_an_error_is_read_as_botocore_reads_it() -> None:
    body = (
        b"<Response><Errors><Error><Code>InvalidSnapshot.NotFound</Code><Message>no</Message></Error>"
        b"</Errors><RequestID>r-2</RequestID></Response>"
    )
    refused = {"status_code": 400, "headers": {}, "body": body}
    shape = cast("Shape", EC2.operation_model("DeleteSnapshot").output_shape)
    assert ours.parse(refused, shape) == theirs.parse(refused, shape)
    assert ours.parse(refused, shape)["Error"]["Code"] == "InvalidSnapshot.NotFound"


def test_only_ec2_is_read_in_this_way() -> None:
    made = {protocol: type(Parsers().create_parser(protocol)) for protocol in ("ec2", "query", "json")}
    assert made.pop("ec2") is Ec2Parser
    assert Ec2Parser not in made.values()
