"""All that is wasted, each thing once.  Pure, with time handed in."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from aws.account import Place
from commands.cost import _waste_rest as rest
from commands.cost import _waste_snapshots as snapshots
from commands.cost import _waste_volumes as volumes
from commands.cost._waste_finding import Finding, Rules
from commands.cost._waste_seen import Seen
from commands.cost._waste_snapshots import Volumes
from commands.prices.rate import Rates


def findings(
    places: Sequence[Seen], every: Collection[Place], rules: Rules, rates: Rates, now: datetime
) -> tuple[Finding, ...]:
    """What is wasted in these places, of `every` one that there is.

    What is found for two reasons counts for the first.
    """
    found: list[Finding] = []
    for seen in places:
        account = _volumes(places, {place for place in every if place.account == seen.place.account})
        reasons = chain(
            rest.leftovers(seen, rules, now),
            volumes.unattached(seen, rules, now),
            snapshots.orphans(seen, account, rules, now),
            volumes.stopped(seen, rules, now),
            volumes.unused(seen),
            rest.no_targets(seen, rules, now),
            volumes.could_be_gp3(seen, rates),
        )
        found += _once(reasons)
    return tuple(found)


def _once(every: Iterable[Finding]) -> Iterator[Finding]:
    """Each resource once, also where it is part of another finding's cost: the sum counts it once."""
    taken: set[str] = set()
    for one in every:
        if one.id not in taken:
            taken |= {one.id, *one.covers}
            yield one


def _volumes(places: Iterable[Seen], theirs: Collection[Place]) -> Volumes:
    """What volumes an account has, and whether that is all of them."""
    read = {seen.place: seen.volumes for seen in places if seen.place in theirs and seen.volumes is not None}
    ids = frozenset(one.id for volumes_ in read.values() for one in volumes_)
    return Volumes(ids, whole=set(read) == set(theirs))
