"""Elastic Load Balancing as AWS answers it: targets are as healthy as checks say, the balancer's or EC2's.

And a load balancer that is protected against deletion stays.
"""

from collections.abc import Callable, Mapping
from typing import Any

from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.responses import ELBV2Response

from playground.aws.instances import InstanceTimes
from playground.aws.target_verdicts import TargetVerdicts, Verdict
from playground.aws.times import Times

_NOT_WELL: Mapping[str, Verdict] = {"initializing": Verdict.INITIAL, "impaired": Verdict.FAILED}
"""By what EC2's status checks say."""


class LocalElbV2(ELBV2Response):
    """moto's targets are healthy from the first moment, and its load balancers know no protection."""

    instances: InstanceTimes
    targets: TargetVerdicts

    def describe_target_health(self) -> ActionResult:
        """The health of a group's targets."""
        answer = super().describe_target_health()
        ec2, group = get_backend("ec2")[self.current_account][self.region], self._get_param("TargetGroupArn")
        for row in answer.result["TargetHealthDescriptions"]:  # type: ignore[index] # a dict
            instance = ec2.get_instance_by_id(row.instance_id)
            checks = self.instances.checks(instance) if instance is not None else ""
            verdict = _NOT_WELL.get(checks) or self.targets.of(group, row.instance_id)
            if row.status == "healthy" and verdict:
                row.status, row.reason, row.description = verdict.value
        return answer

    def delete_load_balancer(self) -> ActionResult:
        """Deleting one that is gone succeeds ("DeleteLoadBalancer"); one that is protected is refused."""
        there = self.elbv2_backend.load_balancers.get(self._get_param("LoadBalancerArn"))
        if there is not None and there.attrs.get("deletion_protection.enabled") == "true":
            words = f"Load balancer '{there.arn}' cannot be deleted because deletion protection is enabled"
            raise ELBClientError("OperationNotPermitted", words)
        return super().delete_load_balancer()


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for load balancing's one URL, bound to the instances."""

    class BoundElbV2(LocalElbV2):
        pass

    BoundElbV2.instances, BoundElbV2.targets = times.instances, times.targets
    view: Callable[..., Any] = BoundElbV2.dispatch
    return view
