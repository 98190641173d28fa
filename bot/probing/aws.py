"""How a system does as AWS sees it: healthy targets, a metric, a command on an instance.

An answer that AWS does not give says nothing about the system: it is `unread`, neither well nor an error.
"""

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from aws import command, metric, target_group
from aws.account import Accounts, Place
from aws.errors import AwsError, NotFound, Refused
from bot.probe import UNREAD, Kind, Probe
from bot.probing.answer import Answer, judged

if TYPE_CHECKING:
    from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client as ELBClient
    from mypy_boto3_ssm import SSMClient

IAM: Mapping[Kind, tuple[str, ...]] = {
    Kind.TARGETS: (
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
    ),
    Kind.METRIC: ("cloudwatch:GetMetricData",),
    Kind.COMMAND: ("ssm:SendCommand", "ssm:GetCommandInvocation"),
}
PERIOD = 60  # seconds: the shortest that every metric has
BACK = timedelta(minutes=5)  # so far back a newest value is looked for; metrics come some minutes late
COUNTS = frozenset({"Sum", "SampleCount"})  # of nothing they are 0: a counter is silent while nothing happens
POLL = 1.0  # seconds between two looks at a command
_TELLS = frozenset({"Success", "Failed"})  # it ran, and ended by itself
_GONE = "InvalidInstanceId"  # not running, or its agent does not answer ("SendCommand", errors)


class AwsAsker:
    """Asks AWS once.  Safe to share between threads."""

    def __init__(
        self,
        accounts: Accounts,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`now` in UTC; `sleep` waits between two looks at a command."""
        self._accounts = accounts
        self._now = now
        self._sleep = sleep
        self._arns: dict[tuple[Place, str], str] = {}
        self._asks = {Kind.TARGETS: self._targets, Kind.METRIC: self._metric, Kind.COMMAND: self._command}

    def ask(self, probe: Probe) -> Answer:
        """What AWS says; raises nothing that AWS or the way there may do."""
        try:
            return self._asks[probe.kind](probe, Place(probe.account, probe.region))
        except (AwsError, LookupError):  # LookupError: an account that the config no longer has
            return Answer(UNREAD)

    def _targets(self, probe: Probe, place: Place) -> Answer:
        elbv2 = cast("ELBClient", self._accounts.client("elbv2", place))
        named = place, probe.at
        try:
            arn = self._arns.get(named) or target_group.arn_of(elbv2, probe.at)
            found = target_group.targets(elbv2, arn)
        except NotFound:
            self._arns.pop(named, None)  # it may be made anew, with another ARN
            return judged(probe, 0.0)
        self._arns[named] = arn
        return judged(probe, float(sum(one.state == "healthy" for one in found)))

    def _metric(self, probe: Probe, place: Place) -> Answer:
        namespace, _, name = probe.at.rpartition("/")
        asked = {
            "namespace": namespace,
            "name": name,
            "statistic": probe.statistic,
            "period": str(PERIOD),
            "dimensions": json.dumps(dict(probe.dimensions)),
        }
        until = self._now()
        found = metric.points(metric.client(self._accounts, place), asked, until - BACK, until)
        if found:
            return judged(probe, found[-1][1])
        return judged(probe, 0.0) if probe.statistic in COUNTS else Answer(UNREAD)

    def _command(self, probe: Probe, place: Place) -> Answer:
        seconds = max(1, int(probe.timeout.total_seconds()))
        try:
            sent = command.send(
                cast("SSMClient", self._accounts.client("ssm", place, once=True)),
                [probe.on],
                command.SHELL,
                {"commands": [probe.at], "executionTimeout": [str(seconds)]},
                comment=f"toban: probe {probe.name}",
                seconds=seconds,
            )
        except (NotFound, Refused) as error:
            return Answer("refused" if error.said.code == _GONE else UNREAD)
        return self._ended(cast("SSMClient", self._accounts.client("ssm", place)), sent.id, probe)

    def _ended(self, ssm: "SSMClient", command_id: str, probe: Probe) -> Answer:
        """What a command came to, or `timeout` when it did not in time; it then ends by itself."""
        until = time.monotonic() + probe.timeout.total_seconds()
        while True:
            seen = command.invocation(ssm, command_id, probe.on)
            if seen is not None and seen.is_over:
                ran = seen.status in _TELLS
                return Answer("" if seen.status == "Success" else "failed" if ran else "timeout")
            if time.monotonic() + POLL > until:
                return Answer("timeout")
            self._sleep(POLL)
