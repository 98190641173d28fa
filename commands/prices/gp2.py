"""What a gp2 volume gives, and a gp3 volume that never gives less.  Pure.

Source: "Amazon EBS General Purpose SSD volumes", EBS user guide.  gp2: 3 IOPS a GiB, at least 100 and at most
16,000; smaller ones reach 3,000 for a while; 128 MiB/s up to 170 GiB, 250 MiB/s beyond, for a while below
334 GiB.  gp3: 3,000 IOPS and 125 MiB/s included.  What gp2 reaches for a while, gp3 is given for good.
"""

from dataclasses import dataclass

from commands.prices import thing
from commands.prices.estimate import price
from commands.prices.rate import Rates
from commands.prices.thing import GP3_IOPS, Thing

MOST_IOPS, IOPS_A_GIB = 16_000, 3
SMALL_GIB, SMALL, LARGE = 170, 128, 250  # MiB/s up to so many GiB, and beyond


@dataclass(frozen=True, slots=True)
class Performance:
    """What a volume is provisioned with."""

    iops: int
    throughput: int  # MiB/s


def as_gp3(gib: int) -> Performance:
    """What a gp3 volume needs to be as good as a gp2 volume of this size."""
    iops = min(MOST_IOPS, IOPS_A_GIB * gib)
    return Performance(max(GP3_IOPS, iops), SMALL if gib <= SMALL_GIB else LARGE)


def thing_as_gp3(gib: int) -> Thing:
    """Such a gp3 volume as something with a price."""
    needed = as_gp3(gib)
    return thing.volume("gp3", gib, needed.iops, needed.throughput)


def is_cheaper_as_gp3(gib: int, region: str, rates: Rates) -> bool:
    """Whether gp3 costs less for as much: between 171 and about 250 GiB it may not."""
    now, then = price(thing.volume("gp2", gib), region, rates), price(thing_as_gp3(gib), region, rates)
    return now.amount is not None and then.amount is not None and then.amount < now.amount
