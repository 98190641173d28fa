"""What load balancers find of their targets by themselves: the shop's say it here (`playground.shop`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Verdict(Enum):
    """State, reason and description, as DescribeTargetHealth shows them ("TargetHealth", API reference)."""

    INITIAL = ("initial", "Elb.InitialHealthChecking", "Initial health checks in progress")
    FAILED = ("unhealthy", "Target.FailedHealthChecks", "Health checks failed")
    TIMED_OUT = ("unhealthy", "Target.Timeout", "Request timed out")


@dataclass(slots=True)
class TargetVerdicts:
    """By target group; of what nothing is said is as healthy as its instance."""

    _of: dict[str, Mapping[str, Verdict]] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget what was said."""
        self._of.clear()

    def say(self, group: str, found: Mapping[str, Verdict]) -> None:
        """Let this be what the balancer of a target group, by its ARN, finds of its instances."""
        self._of[group] = found

    def of(self, group: str, instance: str) -> Verdict | None:
        """Return what is wrong with a target; None where nothing is."""
        return self._of.get(group, {}).get(instance)
