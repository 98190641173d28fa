"""A few of AWS's own documents, with the parameters that they declare; moto has none."""

import json
from collections.abc import Mapping
from typing import Any

from moto.ssm.models import Document, Documents

_TIMEOUT = {
    "type": "String",
    "default": "3600",
    "allowedPattern": "([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|17[0-2]000",
}
_FOLDER = {"type": "String", "default": "", "maxChars": 4096}
_OURS: Mapping[str, tuple[tuple[str, ...], Mapping[str, Any]]] = {
    "AWS-RunShellScript": (
        ("Linux", "MacOS"),
        {
            "commands": {"type": "StringList", "minItems": 1},
            "workingDirectory": _FOLDER,
            "executionTimeout": _TIMEOUT,
        },
    ),
    "AWS-RunPowerShellScript": (
        ("Windows", "Linux", "MacOS"),
        {
            "commands": {"type": "StringList", "minItems": 1},
            "workingDirectory": _FOLDER,
            "executionTimeout": _TIMEOUT,
        },
    ),
    "AWS-RunPatchBaseline": (
        ("Windows", "Linux", "MacOS"),
        {
            "Operation": {"type": "String", "allowedValues": ["Scan", "Install"]},
            "RebootOption": {
                "type": "String",
                "default": "RebootIfNeeded",
                "allowedValues": ["RebootIfNeeded", "NoReboot"],
            },
        },
    ),
    "AWS-UpdateSSMAgent": (
        ("Windows", "Linux", "MacOS"),
        {
            "version": {"type": "String", "default": ""},
            "allowDowngrade": {"type": "String", "default": "false", "allowedValues": ["true", "false"]},
        },
    ),
}
"""Platforms and parameters by name, as "DescribeDocument" and "GetDocument" tell them of AWS's."""


def plant(documents: dict[str, Documents]) -> None:
    """Put AWS's own among the documents of a place, once."""
    for name, (platforms, parameters) in _OURS.items():
        if name not in documents:
            documents[name] = Documents(_document(name, platforms, parameters))


def _document(name: str, platforms: tuple[str, ...], parameters: Mapping[str, Any]) -> Document:
    content = {"schemaVersion": "2.2", "description": name, "parameters": parameters, "mainSteps": []}
    made = Document(  # type: ignore[abstract]  # moto makes its own documents of this class too
        "Amazon",
        name,
        "",
        json.dumps(content),
        "Command",
        "JSON",
        requires=[],
        attachments=[],
        target_type="",
    )
    made.platform_types = list(platforms)
    return made
