"""Where a name's traffic goes, in fields: the weight or the role of each of its records.  Pure.

A weighted record takes its share by its weight.  Of two failover records the PRIMARY takes all as long as it
is healthy, so moving its traffic means that the two swap their roles, in one change batch.  The other way
would be to invert the primary's health check, and it was not taken: an inverted check of an endpoint that
then really fails is healthy, and would bring the traffic back to it; a check may be of other records, too,
which would move as well; and an alias may have none.  After a swap each record still has its own check, so
that Route 53 fails over by itself in the other direction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from aws import record
from aws.record import PRIMARY, SECONDARY, Record
from bot.plan import Fields

MOVABLE = (record.WEIGHTED, record.FAILOVER)
_SWAPPED = {PRIMARY: SECONDARY, SECONDARY: PRIMARY}


def named(one: Record) -> str:
    """A record among those of its name: A tokyo."""
    return f"{one.type} {one.id}"


def shown(records: Iterable[Record]) -> Fields:
    """The weight or the role of each record that has one."""
    values = {named(one): one.failover or str(one.weight) for one in records if one.policy in MOVABLE}
    return tuple(sorted(values.items()))


def swapped(now: Fields) -> Fields:
    """Failover records in each other's role."""
    return tuple((name, _SWAPPED.get(value, value)) for name, value in now)


def exchange(records: Sequence[Record], wanted: Fields) -> tuple[list[Record], list[Mapping[str, Any]]]:
    """What has to go so that it is as wanted, and what has to come in its place."""
    goal, now = dict(wanted), dict(shown(records))
    gone = [one for one in records if named(one) in goal and now.get(named(one)) != goal[named(one)]]
    return gone, [_with(one, goal[named(one)]) for one in gone]


def changes_home(raw: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A change batch that brings records back as they were (`Record.raw`), whatever their weights are now.

    Roles are swapped by an exchange, since a name has one PRIMARY: each goes as the other, and comes back.
    """
    roles = [one for one in raw if one.get("Failover") in _SWAPPED]
    gone = [{**one, "Failover": _SWAPPED[one["Failover"]]} for one in roles]
    changes = [("DELETE", one) for one in gone]
    changes += [("CREATE" if one in roles else "UPSERT", dict(one)) for one in raw]
    return [{"Action": action, "ResourceRecordSet": one} for action, one in changes]


def _with(one: Record, value: str) -> Mapping[str, Any]:
    return one.acting_as(value) if value in _SWAPPED else one.weighing(int(value))


def share(now: Fields, targets: Collection[str]) -> float:
    """Which part of what is answered leads to these records, from 0 to 1: of each type; the smallest counts.

    Where no record weighs anything all are answered alike ("Weighted routing").
    """
    parts = []
    for kind in {_type(name) for name, _ in now}:
        weights = {name: _weight(value) for name, value in now if _type(name) == kind}
        whole = sum(weights.values())
        weights = weights if whole else dict.fromkeys(weights, 1)
        parts.append(sum(weights[name] for name in weights if name in targets) / sum(weights.values()))
    return min(parts, default=0.0)


def _type(name: str) -> str:
    return name.partition(" ")[0]


def _weight(value: str) -> int:
    return int(value) if value not in _SWAPPED else int(value == PRIMARY)


def with_share(now: Fields, targets: Collection[str], percent: int) -> Fields:
    """Weights by which each type's target takes so much of a hundred, and the others the rest as before."""
    kinds = dict.fromkeys(_type(name) for name, _ in now)
    return tuple(
        sorted(
            pair
            for kind in kinds
            for pair in _of_type([one for one in now if _type(one[0]) == kind], targets, percent).items()
        )
    )


def _of_type(now: Sequence[tuple[str, str]], targets: Collection[str], percent: int) -> dict[str, str]:
    """Weights that add up to a hundred read as percent; what is lost by rounding goes to the heaviest."""
    others = {name: int(value) for name, value in now if name not in targets}
    others = others if any(others.values()) else dict.fromkeys(others, 1)
    whole, rest = sum(others.values()), 100 - percent
    parts = {name: rest * weight // whole for name, weight in others.items()}
    heaviest = sorted(others, key=lambda name: (-others[name], name))
    for name in heaviest[: rest - sum(parts.values())]:
        parts[name] += 1
    there = {name: percent for name, _ in now if name in targets}
    return {name: str(weight) for name, weight in {**parts, **there}.items()}
