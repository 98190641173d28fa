"""Auto Scaling as AWS answers it: groups tell what they did, and EC2 may have no machine for them."""

from collections.abc import Callable
from typing import Any

from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

from playground.aws.groups import NO_MACHINES, Activity, GroupTimes, Where
from playground.aws.paging import page
from playground.aws.times import Times


class LocalAutoScaling(AutoScalingResponse):
    """moto's groups, which get every instance they ask for and forget it."""

    groups: GroupTimes

    def update_auto_scaling_group(self) -> ActionResult:
        """The group's numbers, and what comes or goes for them; what is not named stays as it is."""
        group = self.autoscaling_backend.autoscaling_groups.get(self._get_param("AutoScalingGroupName"))
        mixed = group.mixed_instances_policy if group else None
        answer = self._resized(super().update_auto_scaling_group)
        if group and not self._get_param("MixedInstancesPolicy"):
            group.mixed_instances_policy = mixed  # moto forgets it at every update
        return answer

    def set_desired_capacity(self) -> ActionResult:
        """As above, for one number."""
        return self._resized(super().set_desired_capacity)

    def describe_scaling_activities(self) -> ActionResult:
        """What a group did, newest first, page by page."""
        done = self.groups.of(self._where())
        rows, token = page(done, self._get_param("MaxRecords"), self._get_param("NextToken"))
        return ActionResult({"Activities": [self._row(one) for one in rows], "NextToken": token})

    def _resized(self, resize: Callable[[], ActionResult]) -> ActionResult:
        group = self.autoscaling_backend.autoscaling_groups.get(self._get_param("AutoScalingGroupName"))
        wanted = self._get_int_param("DesiredCapacity")
        before = {one.instance.id for one in group.instance_states} if group else set()
        if group and group.name in self.groups.starved and (wanted or 0) > len(before):
            return self._starve(group, int(wanted or 0))
        answer = resize()
        if group:
            self._tell(before, {one.instance.id for one in group.instance_states})
        return answer

    def _starve(self, group: Any, wanted: int) -> ActionResult:
        """It is noted what is wanted, and nobody comes."""
        group.desired_capacity = wanted
        group.min_size = self._get_int_param("MinSize") or group.min_size
        group.max_size = self._get_int_param("MaxSize") or group.max_size
        words = NO_MACHINES.format(type=group.instance_type, zone=group.availability_zones[0])
        self.groups.note(self._where(), Activity("Launching a new EC2 instance", _CAUSE, words))
        return EmptyResult()

    def _tell(self, before: set[str], after: set[str]) -> None:
        for key in sorted(after - before):
            self.groups.note(self._where(), Activity(f"Launching a new EC2 instance: {key}", _CAUSE))
        for key in sorted(before - after):
            self.groups.note(self._where(), Activity(f"Terminating EC2 instance: {key}", _CAUSE))

    def _where(self) -> Where:
        return self.current_account, self.region, self._get_param("AutoScalingGroupName")

    def _row(self, one: Activity) -> dict[str, Any]:
        return {
            "ActivityId": one.id,
            "AutoScalingGroupName": self._where()[2],
            "Description": one.what,
            "Cause": one.cause,
            "StartTime": one.when,
            "EndTime": one.when,
            "StatusCode": "Failed" if one.failure else "Successful",
            "StatusMessage": one.failure or None,
            "Progress": 100,
        }


_CAUSE = "A user request changed the desired capacity."


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for Auto Scaling's one URL, bound to the groups."""

    class BoundAutoScaling(LocalAutoScaling):
        pass

    BoundAutoScaling.groups = times.groups
    view: Callable[..., Any] = BoundAutoScaling.dispatch
    return view
