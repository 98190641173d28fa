"""What first reads of a volume made of a snapshot cost, and what Fast Snapshot Restore does about it.  Pure.

Sources: "Initialize Amazon EBS volumes", "Amazon EBS fast snapshot restore" and its "volume creation credits"
in the EBS user guide; the price is in "How AWS pricing works", Amazon EBS.
"""

from datetime import timedelta

from bot.words import Words, words

GIB_IN_A_TIB = 1024
MIB_A_SECOND = 100
"""The slowest rate that can be bought; what comes for nothing has no promise."""
LEAST_CREDIT = timedelta(minutes=6)  # ten volumes an hour, at most


def takes(size_gib: int) -> timedelta:
    """Roughly how long it takes until every block has been read once, in whole minutes."""
    return timedelta(minutes=max(round(size_gib * 1024 / MIB_A_SECOND / 60), 1))


def warning(size_gib: int) -> Words:
    """What whoever restores should know."""
    return words(
        "the first read of each block is slow: reading all {size} GiB once takes about {span}, and AWS"
        " promises no rate",
        size=size_gib,
        span=takes(size_gib),
    )


def fast_takes(size_gib: int) -> timedelta:
    """How long Fast Snapshot Restore takes until the first volume can be whole from its first moment."""
    enabling = timedelta(minutes=max(round(60 * size_gib / GIB_IN_A_TIB), 1))
    return enabling + credit_after(size_gib)


def credit_after(size_gib: int) -> timedelta:
    """How long after it is enabled one volume can be made whole; the first credit fills from nothing."""
    return max(timedelta(minutes=round(60 * size_gib / GIB_IN_A_TIB)), LEAST_CREDIT)


def price_warning(size_gib: int, zone: str) -> Words:
    """What Fast Snapshot Restore costs, and until when."""
    return words(
        "Fast Snapshot Restore costs about $0.75 for each hour and zone, one hour at least, until it is"
        " disabled; it is ready in {zone} after about {span}, and toban disables it when the volume is there",
        zone=zone,
        span=fast_takes(size_gib),
    )
