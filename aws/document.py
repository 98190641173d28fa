"""Systems Manager's documents: what can be run by name, and which parameters it declares.

Source: "Data elements and parameters" of the Systems Manager user guide.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aws.errors import NotFound, Refused, speaking_plainly
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_ssm.type_defs import DocumentDescriptionTypeDef

COMMAND = "Command"  # the type of document that Run Command runs
PAGE = 50


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as a document declares it."""

    name: str
    type: str  # String, StringList, Integer, Boolean, MapList, StringMap
    required: bool  # it has no default
    allowed: tuple[str, ...] = ()  # the values there are; empty: any
    pattern: str = ""  # a regular expression its values fit


@dataclass(frozen=True, slots=True)
class Document:
    """A document that may be run."""

    name: str
    version: str  # its number; what a version says does not change any more
    owner: str  # Amazon, or an account's twelve digits
    type: str  # Command, Automation, Session ...
    status: str  # Creating, Active, Updating, Deleting, Failed
    platforms: tuple[str, ...]  # Linux, Windows, MacOS
    parameters: tuple[Parameter, ...]


def find(ssm: "SSMClient", name: str) -> Document | None:
    """The document of this name or ARN in its default version; None when there is none.  Raises AwsError."""
    try:
        with speaking_plainly(f"looking at the document {name}"):
            told = ssm.describe_document(Name=name)["Document"]
            content = ssm.get_document(Name=name, DocumentFormat="JSON").get("Content", "{}")
    except (NotFound, Refused) as error:
        if error.said.code in {"InvalidDocument", "DocumentNotFound"}:
            return None
        raise
    return _document(told, json.loads(content))


def names(ssm: "SSMClient") -> Iterator[str]:
    """Yield the names of the documents that Run Command runs, AWS's and one's own.  Raises AwsError."""
    found = ssm.get_paginator("list_documents").paginate(
        Filters=[{"Key": "DocumentType", "Values": [COMMAND]}], PaginationConfig={"PageSize": PAGE}
    )
    for page in pages("listing documents", found):
        for one in page.get("DocumentIdentifiers", []):
            yield one.get("Name", "")


def _document(told: "DocumentDescriptionTypeDef", content: Mapping[str, Any]) -> Document:
    declared = content.get("parameters", {}).items()
    return Document(
        name=told.get("Name", ""),
        version=told.get("DocumentVersion", ""),
        owner=told.get("Owner", ""),
        type=told.get("DocumentType", ""),
        status=told.get("Status", ""),
        platforms=tuple(told.get("PlatformTypes", ())),
        parameters=tuple(_parameter(name, more) for name, more in declared),
    )


def _parameter(name: str, more: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=name,
        type=str(more.get("type", "String")),
        required="default" not in more,
        allowed=tuple(str(value) for value in more.get("allowedValues", ())),
        pattern=str(more.get("allowedPattern", "")),
    )
