"""Elastic Load Balancing as AWS answers it: targets are as healthy as their instances' checks.

And a load balancer that is protected against deletion stays.
"""

from collections.abc import Callable, Mapping
from typing import Any

from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.responses import ELBV2Response

from playground.aws.instances import InstanceTimes
from playground.aws.times import Times

_NOT_WELL: Mapping[str, tuple[str, str, str]] = {
    "initializing": ("initial", "Elb.InitialHealthChecking", "Initial health checks in progress"),
    "impaired": ("unhealthy", "Target.FailedHealthChecks", "Health checks failed"),
}
"""By what EC2's status checks say: state, reason and description of the target."""


class LocalElbV2(ELBV2Response):
    """moto's targets are healthy from the first moment, and its load balancers know no protection."""

    instances: InstanceTimes

    def describe_target_health(self) -> ActionResult:
        """The health of a group's targets."""
        answer = super().describe_target_health()
        ec2 = get_backend("ec2")[self.current_account][self.region]
        for row in answer.result["TargetHealthDescriptions"]:  # type: ignore[index] # a dict
            instance = ec2.get_instance_by_id(row.instance_id)
            verdict = self.instances.checks(instance) if instance is not None else ""
            if row.status == "healthy" and verdict in _NOT_WELL:
                row.status, row.reason, row.description = _NOT_WELL[verdict]
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

    BoundElbV2.instances = times.instances
    view: Callable[..., Any] = BoundElbV2.dispatch
    return view
