"""Whether one pool carries too much of what runs on spot: what takes one of its instances may take them all.

Source: "Best practices for Amazon EC2 Spot" (EC2 user guide): a pool is the unused instances of one type in
one zone, and one should be flexible about both.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from aws.instance import Instance

FEW = 4  # of so few instances none can be spread
HALF = 2


@dataclass(frozen=True, slots=True)
class Crowded:
    """A pool with more than half of the spot instances of a region."""

    type: str
    zone: str
    count: int
    total: int


def crowded(instances: Iterable[Instance]) -> Crowded | None:
    """The pool that carries more than half of them; None where there is none, or too few instances."""
    pools = Counter((one.type, one.zone) for one in instances if one.lifecycle == "spot")
    if pools.total() < FEW:
        return None
    ((kind, zone), count), *_ = pools.most_common(1)
    return Crowded(kind, zone, count, pools.total()) if HALF * count > pools.total() else None
