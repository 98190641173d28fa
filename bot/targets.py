"""Targets: which resources a person means, and where to look for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Targets:
    """Ids, name patterns and tags; a resource is meant when an id names it, or all patterns fit it.

    Several values of one tag key are alternatives, different keys must all fit, and several name
    patterns are alternatives: the meaning of filters in "Filter the Amazon EC2 resources" (EC2 user guide).
    """

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # with * and ?, as EC2's filters read them
    tags: tuple[tuple[str, str], ...] = ()  # the value may hold * and ?; "" as value of `tag:Key`: any
    everything: bool = False
