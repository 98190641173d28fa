"""What a player may choose beside an entry of the menu "make it happen", what is most useful first."""

from collections.abc import Iterable, Mapping

from playground.page.aws_view import InstanceView, PlaceView
from playground.page.happening import Target
from playground.page.happenings import CALLS

Choice = tuple[str, str]  # what is sent, and what is shown


def choices(places: tuple[PlaceView, ...]) -> Mapping[Target, list[Choice]]:
    """Return the choices of every kind of target."""
    instances = [one for place in places for one in place.instances if one.state != "terminated"]
    return {
        Target.INSTANCE: _instances(instances),
        Target.STOPPED: _instances(instances, first="stopped"),
        Target.KEYED: _instances((one for one in instances if one.has_own_key), first="stopped"),
        Target.SPOT: _instances(one for one in instances if one.is_spot),
        Target.GROUP: [(name, name) for place in places for name in place.groups],
        Target.DATABASE: _databases(places),
        Target.VOLUME: _volumes(places),
        Target.CALL: [(call, call) for call in CALLS],
    }


def names(places: tuple[PlaceView, ...]) -> Mapping[str, str]:
    """Return what is shown, by what is sent."""
    return dict(pair for each in choices(places).values() for pair in each)


def _instances(some: Iterable[InstanceView], first: str = "") -> list[Choice]:
    ordered = sorted(some, key=lambda one: (one.state != first, one.name))
    return [(one.id, one.name) for one in ordered]


def _databases(places: tuple[PlaceView, ...]) -> list[Choice]:
    """Those that are stopped first."""
    found = [(place, one) for place in places for one in place.databases]
    found.sort(key=lambda pair: (pair[1].status != "stopped", pair[1].name))
    return [(f"{place.account_id}/{place.region}/{one.name}", one.name) for place, one in found]


def _volumes(places: tuple[PlaceView, ...]) -> list[Choice]:
    """Those that the night backs up first."""
    disks = sorted((one for place in places for one in place.disks), key=lambda one: one.name)
    return [(one.id, one.name) for one in sorted(disks, key=lambda one: not one.is_nightly)]
