"""EC2's answers, read fast.

Half the CPU of a long listing goes into botocore's parser: of every element it asks for each member its
shape could have, and cuts the namespace off each tag with a regular expression.  Here a shape becomes a
reader once, and each element goes straight to its own.  What is read is the same; a test compares the two
for every kind of answer that EC2 has.
"""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from botocore.model import ListShape, Shape, StructureShape
from botocore.parsers import EC2QueryParser, ResponseParser, ResponseParserFactory

from aws import timestamp
from aws.json_answers import PlainParser

Read = Callable[[Element], Any]


class Parsers(ResponseParserFactory):
    """Makes botocore's parsers, fast ones for EC2's protocol and for JSON; all read times fast."""

    def __init__(self) -> None:
        super().__init__()
        self.set_parser_defaults(timestamp_parser=timestamp.parse)

    def create_parser(self, protocol_name: str) -> ResponseParser:
        """Return a parser of the answers of one protocol."""
        if protocol_name == "ec2":
            return Ec2Parser(timestamp_parser=timestamp.parse)
        if protocol_name == "json":
            return PlainParser(timestamp_parser=timestamp.parse)
        return super().create_parser(protocol_name)


class Ec2Parser(EC2QueryParser):
    """botocore's parser with one reader a shape; that two threads make the same one does no harm."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self._readers: dict[Shape, Read] = {}

    def _parse_shape(self, shape: Shape, node: Element) -> Any:
        return self._reader(shape)(node)

    def _reader(self, shape: Shape) -> Read:
        if (known := self._readers.get(shape)) is None:
            known = self._readers[shape] = self._made(shape)
        return known

    def _made(self, shape: Shape) -> Read:
        if isinstance(shape, StructureShape):
            return self._structure(shape)
        if isinstance(shape, ListShape):
            return self._list(self._reader(shape.member))
        if shape.type_name == "string":
            return lambda node: node.text or ""
        scalar = super()._parse_shape  # type: ignore[misc]  # private, so its stub does not have it
        return lambda node: scalar(shape, node)

    def _list(self, member: Read) -> Read:
        def read(node: Element) -> list[Any]:
            found = []
            for child in node:
                found.append(member(child))
                child.clear()  # a page of a thousand need not be in memory twice
            return found

        return read

    def _structure(self, shape: StructureShape) -> Read:
        names = {member.serialization.get("name", name): name for name, member in shape.members.items()}
        members: dict[str, tuple[str, Read] | None] = {}  # by tag, with its namespace

        def member_of(tag: str) -> tuple[str, Read] | None:
            name = names.get(tag.rpartition("}")[2])
            members[tag] = (name, self._reader(shape.members[name])) if name else None
            return members[tag]

        def read(node: Element) -> dict[str, Any]:
            found = {}
            for child in node:
                tag = child.tag
                member = members[tag] if tag in members else member_of(tag)
                if member is not None:
                    found[member[0]] = member[1](child)
            return found

        return read
