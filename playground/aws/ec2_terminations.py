"""TerminateInstances as AWS answers it: a group whose instance is terminated launches another."""

from typing import Any

from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.ec2.responses.instances import InstanceResponse

from playground.aws import group_launches
from playground.aws.groups import GroupTimes


class TerminationCalls(InstanceResponse):
    """moto's, but for the groups."""

    groups: GroupTimes

    def terminate_instances(self) -> ActionResult:
        """Terminated at once; what groups lack then is launched at once, too."""
        ids: list[str] = self._get_param("InstanceIds", [])
        self.ec2_backend.get_multi_instances_by_id(ids)  # refuses one that is not there
        self.error_on_dryrun()
        scaling: Any = get_backend("autoscaling")[self.current_account][self.region]
        left = group_launches.leave(scaling, ids)
        answer = super().terminate_instances()
        group_launches.keep(scaling, self.groups, left)
        return answer
