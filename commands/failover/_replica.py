"""How far a database in the other region is behind.

Sources: "Amazon CloudWatch instance-level metrics for Amazon RDS" (ReplicaLag, in seconds; -1 when the
replica does not follow) and "Cluster-level metrics for Amazon Aurora" (AuroraGlobalDBReplicationLag, in
milliseconds).
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from aws import metric
from aws.account import Place
from bot.command import World

READS = ("cloudwatch:GetMetricData",)
BACK = timedelta(minutes=5)
_METRICS = (
    ("ReplicaLag", "DBInstanceIdentifier", 1.0),
    ("AuroraGlobalDBReplicationLag", "DBClusterIdentifier", 0.001),
)
"""Each with its dimension, and how many seconds one of it is."""


@dataclass(frozen=True, slots=True)
class Lag:
    """What the newest value says."""

    metric: str
    seconds: float  # below zero: it does not follow

    def within(self, most: timedelta) -> bool:
        """Whether it follows, and closely enough."""
        return 0 <= self.seconds <= most.total_seconds()


def lag(world: World, place: Place, name: str) -> Lag | None:
    """How far an instance or a cluster is behind; None when no metric of the last minutes tells.

    The worst of them counts.  Raises AwsError.
    """
    cloudwatch = metric.client(world.aws, place)
    for called, dimension, unit in _METRICS:
        asked = {
            "namespace": "AWS/RDS",
            "name": called,
            "statistic": "Maximum",
            "period": "60",
            "dimensions": json.dumps({dimension: name}),
        }
        values = [value for _, value in metric.points(cloudwatch, asked, world.now - BACK, world.now)]
        if values:
            return Lag(called, min(values) if min(values) < 0 else values[-1] * unit)
    return None
