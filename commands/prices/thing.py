"""What has a price: so much of this and so much of that.  Pure.

What is included is that of "Amazon EBS volume types" (EBS user guide): 3,000 IOPS and 125 MiB/s in each gp3
volume.
"""

from dataclasses import dataclass
from decimal import Decimal

GP3_IOPS, GP3_THROUGHPUT = 3000, 125
IO2_TIERS = ((32_000, "io2.iops"), (64_000, "io2.iops.tier2"))
"""Of io2's IOPS: up to so many at this price; what is beyond the last costs as a third tier."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """So many units of something."""

    key: str  # by which its rate is known: ec2.m5.large, ebs.gp3, ebs.gp3.iops
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Thing:
    """What is paid for together."""

    parts: tuple[Part, ...] = ()
    at_most: bool = False  # less may be billed: nobody is told how much of it is stored

    def __add__(self, other: "Thing") -> "Thing":
        """Both together."""
        return Thing(self.parts + other.parts, self.at_most or other.at_most)


def instance(type_: str) -> Thing:
    """An instance that runs all the time: Linux, on demand, without its disks."""
    return Thing((Part(f"ec2.{type_}"),))


def volume(type_: str, gib: int, iops: int = 0, throughput: int = 0) -> Thing:
    """A volume as it is provisioned; of gp3 what is included costs nothing."""
    size = Part(f"ebs.{type_}", Decimal(gib))
    match type_:
        case "gp3":
            more = (("iops", iops - GP3_IOPS), ("throughput", throughput - GP3_THROUGHPUT))
            return Thing((size, *(Part(f"ebs.gp3.{name}", Decimal(n)) for name, n in more if n > 0)))
        case "io1":
            return Thing((size, Part("ebs.io1.iops", Decimal(iops))))
        case "io2":
            return Thing((size, *_io2(iops)))
        case _:
            return Thing((size,))


def _io2(iops: int) -> tuple[Part, ...]:
    parts, below = [], 0
    for until, key in (*IO2_TIERS, (max(iops, 64_000), "io2.iops.tier3")):
        if iops > below:
            parts.append(Part(f"ebs.{key}", Decimal(min(iops, until) - below)))
        below = until
    return tuple(parts)


def snapshot(gib: Decimal | int, *, archived: bool = False, whole: bool = False) -> Thing:
    """A snapshot of so many GiB; only an archived or a `whole` one is billed for all of them."""
    key = "snapshot.archive" if archived else "snapshot.standard"
    return Thing((Part(key, Decimal(gib)),), at_most=not (archived or whole))


def address() -> Thing:
    """A public IPv4 address."""
    return Thing((Part("address.ipv4"),))


def balancer(kind: str) -> Thing:
    """A load balancer, application, network or classic, without what goes through it."""
    return Thing((Part(f"balancer.{kind}"),))


def nat_gateway() -> Thing:
    """A NAT gateway, without what goes through it."""
    return Thing((Part("nat.gateway"),))


def database(class_: str, engine: str, *, multi_az: bool = False) -> Thing:
    """A database instance that runs all the time, without its storage; in two zones twice as much."""
    return Thing((Part(f"rds.{engine}.{class_.removeprefix('db.')}", Decimal(2 if multi_az else 1)),))
