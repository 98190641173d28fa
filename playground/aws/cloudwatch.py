"""CloudWatch's alarms as AWS answers them: they begin without data and are looked at each minute.

moto's stand at OK for ever, and its dashboards are each region's instead of the account's.  The rules are
those of "Configuring how CloudWatch alarms treat missing data"; nothing is sent to anybody.
"""

import operator
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, cloudwatch_backends
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult
from moto.core.utils import utcnow

from playground.aws.clock import Clock
from playground.aws.times import Times

OF_DASHBOARDS = "us-east-1"  # where those of an account are kept
FIRST_LOOK = timedelta(seconds=60)  # after an alarm was put
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
_STATISTICS = {"SampleCount": "sample_count", "Average": "average", "Sum": "sum", "Minimum": "minimum"}


class LocalCloudWatch(CloudWatchResponse):
    """Metrics are moto's; alarms of one metric change their state with what was put, and with time."""

    clock: Clock

    @property
    def cloudwatch_backend(self) -> CloudWatchBackend:
        """What there is in the region; dashboards are the same in all of them."""
        region = OF_DASHBOARDS if "Dashboard" in self._get_action() else self.region
        found: CloudWatchBackend = cloudwatch_backends[self.current_account][region]
        return found

    def put_metric_alarm(self) -> ActionResult:
        """An alarm; a new one has no state yet."""
        name: str = self._get_param("AlarmName")
        is_new = name not in self.cloudwatch_backend.alarms
        answer = super().put_metric_alarm()
        if is_new:
            self.cloudwatch_backend.alarms[name].state_value = "INSUFFICIENT_DATA"
        return answer

    def describe_alarms(self) -> ActionResult:
        """Alarms as they stand now."""
        now = utcnow() + timedelta(seconds=self.clock.ahead)
        for alarm in self.cloudwatch_backend.alarms.values():
            if alarm.metric_name and now >= alarm.configuration_updated_timestamp + FIRST_LOOK:
                self._look(alarm, now)
        return super().describe_alarms()

    def _look(self, alarm: Any, now: datetime) -> None:
        period = timedelta(seconds=int(alarm.period))
        ends = [now - number * period for number in range(int(alarm.evaluation_periods))]
        points = [self._point(alarm, end - period, end) for end in ends]
        state = verdict(alarm, [point for point in points if point is not None], len(points))
        if state != alarm.state_value:
            alarm.update_state(f"{len(points)} datapoints were looked at: {points}", "{}", state)

    def _point(self, alarm: Any, start: datetime, end: datetime) -> float | None:
        found = self.cloudwatch_backend.get_metric_statistics(
            alarm.namespace, alarm.metric_name, start, end, int(alarm.period), [alarm.statistic],
            [{"Name": one.name, "Value": one.value} for one in alarm.dimensions],
        )  # fmt: skip
        if not found:
            return None
        value = getattr(found[-1], _STATISTICS.get(alarm.statistic, "maximum"))
        return float(value)


def verdict(alarm: Any, points: Iterable[float], looked_at: int) -> str:
    """Return the state an alarm comes to with these datapoints, of so many periods."""
    values = list(points)
    missing, treat = looked_at - len(values), alarm.treat_missing_data or "missing"
    if not values and treat in {"missing", "ignore"}:
        return "INSUFFICIENT_DATA" if treat == "missing" else str(alarm.state_value)
    over = sum(_COMPARE[alarm.comparison_operator](value, float(alarm.threshold)) for value in values)
    over += missing if treat == "breaching" else 0
    return "ALARM" if over >= int(alarm.datapoints_to_alarm or alarm.evaluation_periods) else "OK"


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for CloudWatch's one URL, bound to the clock."""

    class BoundCloudWatch(LocalCloudWatch):
        pass

    BoundCloudWatch.clock = times.clock
    view: Callable[..., Any] = BoundCloudWatch.dispatch
    return view
