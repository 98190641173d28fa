"""Policies of an account for CloudFormation: number and partition are filled in where they are used.  Pure.

So accounts whose policies differ in nothing else share one template, as a stack set wants it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

ACCOUNT, PARTITION = "${AWS::AccountId}", "${AWS::Partition}"
"""Source: "Pseudo parameters reference" and "Fn::Sub" (AWS CloudFormation user guide)."""


def anywhere(value: Any, account: str, partition: str) -> Any:
    """The same with `Fn::Sub` for each text that names the account or its partition."""
    match value:
        case Mapping():
            return {name: anywhere(one, account, partition) for name, one in value.items()}
        case list():
            return [anywhere(one, account, partition) for one in value]
        case str():
            return _text(value, account, partition)
        case _:
            return value


def _text(value: str, account: str, partition: str) -> Any:
    escaped = value.replace("${", "${!")  # a variable of IAM's own
    filled = escaped.replace(account, ACCOUNT) if account else escaped
    if filled.startswith(f"arn:{partition}:"):
        filled = f"arn:{PARTITION}:{filled.removeprefix(f'arn:{partition}:')}"
    return value if filled == escaped else {"Fn::Sub": filled}


def policies(documents: Sequence[Mapping[str, Any]], role: str, condition: str = "", name: str = "") -> str:
    """Managed policies of a role in the same template, a statement a line; JSON is YAML, too."""
    return "\n".join(
        line
        for number, one in enumerate(documents, 1)
        for line in _policy(f"{name}Policy{number}", one, role, condition)
    )


def _policy(name: str, document: Mapping[str, Any], role: str, condition: str) -> Iterator[str]:
    yield f"  {name}:"
    yield "    Type: AWS::IAM::ManagedPolicy"
    if condition:
        yield f"    Condition: {condition}"
    yield "    Properties:"
    yield f"      Roles: [!Ref {role}]"
    yield "      PolicyDocument:"
    yield f'        Version: "{document["Version"]}"'
    yield "        Statement:"
    for statement in document["Statement"]:
        yield f"          - {json.dumps(statement)}"
    yield ""
