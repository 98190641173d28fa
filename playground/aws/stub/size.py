"""How much the stub's accounts hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How much each account has in each region."""

    instances: int = 100
    volumes: int = 1  # an instance
    snapshots: int = 0  # a volume, made by somebody else
    loose: int = 0  # volumes that no instance has
    generations: int = 0  # a volume: completed snapshots that toban made, a night apart
    images: int = 0  # each uses the newest generation of a volume of its own
