"""How the shop is, in one word."""

from collections.abc import Mapping
from enum import StrEnum

from playground.shop.truth import SLOW


class Light(StrEnum):
    """What users meet at this moment."""

    WELL = "well"
    SLOW = "slow"  # some pages come late, and none fails
    PARTLY = "partly"  # some fail
    DOWN = "down"  # all fail


def light(shares: Mapping[str, float]) -> Light:
    """Say it of how pages end, by kind: the truth's `now`."""
    failing = sum(share for kind, share in shares.items() if kind != SLOW)
    if failing > 0.999:
        return Light.DOWN
    if failing:
        return Light.PARTLY
    return Light.SLOW if shares else Light.WELL
