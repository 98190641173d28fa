"""Instance types: moto knows no wildcards among what is offered, and not how many CPUs an instance has."""

from fnmatch import fnmatchcase
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.responses import EC2Response

_BY_TYPE = "instance-type"


class TypeCalls(EC2Response):
    """Offerings by patterns such as m*.large, and instances with the CPUs of their type."""

    def describe_instances(self) -> ActionResult:
        """Instances with their CPU options."""
        for instance in self.ec2_backend.all_instances():
            instance.cpu_options = _cpu_options(instance.instance_type)
        return super().describe_instances()

    def describe_instance_type_offerings(self) -> ActionResult:
        """What is offered where; `*` and `?` in the filter stand for what they do in all of EC2's."""
        filters = self._filters_from_querystring()
        patterns = filters.pop(_BY_TYPE, None) or ["*"]
        offered = self.ec2_backend.describe_instance_type_offerings(self._get_param("LocationType"), filters)
        fit = [
            one for one in offered if any(fnmatchcase(one["InstanceType"], pattern) for pattern in patterns)
        ]
        return ActionResult({"InstanceTypeOfferings": fit})


def _cpu_options(instance_type: str) -> dict[str, Any]:
    known = INSTANCE_TYPES.get(instance_type, {}).get("VCpuInfo", {})
    return {
        "CoreCount": known.get("DefaultCores", 1),
        "ThreadsPerCore": known.get("DefaultThreadsPerCore", 1),
    }
