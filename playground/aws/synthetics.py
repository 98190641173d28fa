"""CloudWatch Synthetics as AWS answers it: canaries are made, started, and found by their names.

moto lists every canary whatever is asked for, has none that runs, and makes a second one of the same name.
As "CreateCanary", "StartCanary" and "DescribeCanaries" say (CloudWatch Synthetics API reference).
"""

import json
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.synthetics.responses import SyntheticsResponse

from playground.aws.times import Times


class LocalSynthetics(SyntheticsResponse):
    """moto's canaries; they run once they were started."""

    def create_canary(self) -> str:
        """A canary, whose name is not given yet."""
        name = json.loads(self.body)["Name"]
        if name in self.synthetics_backend.canaries:
            raise JsonRESTError("ValidationException", f"A canary with the name {name} already exists.")
        return super().create_canary()

    def describe_canaries(self) -> str:
        """Those with these names, or all."""
        names = json.loads(self.body or b"{}").get("Names") or None
        found, _ = self.synthetics_backend.describe_canaries(None, None, names)
        return json.dumps({"Canaries": [one.to_dict() for one in found]})

    def start_canary(self) -> str:
        """It runs from now on."""
        name = self.path.split("/")[-2]
        one = self.synthetics_backend.canaries.get(name)
        if one is None:
            raise JsonRESTError("ResourceNotFoundException", f"The canary {name} was not found.")
        if one.state == "RUNNING":
            raise JsonRESTError("ConflictException", f"The canary {name} is running.")
        one.state = "RUNNING"
        return "{}"


def dispatcher(_times: Times) -> Callable[..., Any]:
    """Return the view for Synthetics' URLs."""
    view: Callable[..., Any] = LocalSynthetics.dispatch
    return view
