"""A call of AWS's that is written down beforehand, for EventBridge Scheduler to make at its time.

Source: "Using universal targets in EventBridge Scheduler": its ARN names service and action, the action in
camel case; its input are the call's parameters.  These are spelt as the SDK for Java spells them, since that
is what makes the call: DbInstanceIdentifier, where RDS's own reference has DBInstanceIdentifier ("class
Universal" of the AWS CDK has such an example).  Where the two differ nobody here has asked AWS.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """One call, spelt as AWS's own reference and botocore spell it."""

    service: str  # ec2, autoscaling, s3, route53
    operation: str  # UpdateAutoScalingGroup
    given: Mapping[str, Any]  # its parameters

    def target(self, partition: str = "aws") -> str:
        """The ARN of the universal target that makes it."""
        action = self.operation[0].lower() + self.operation[1:]
        return f"arn:{partition}:scheduler:::aws-sdk:{self.service}:{action}"

    @property
    def input(self) -> str:
        """Its parameters as that target takes them."""
        return json.dumps(_javas(self.given), sort_keys=True)


def javas(name: str) -> str:
    """A parameter's name in the SDK for Java, with a capital: VpcZoneIdentifier, Ttl.  Pure."""
    return "".join(word.capitalize() for word in _WORD.findall(name))


def _javas(value: Any) -> Any:
    match value:
        case Mapping():
            return {javas(name): _javas(each) for name, each in value.items()}
        case list() | tuple():
            return [_javas(each) for each in value]
        case _:
            return value
