"""An override's steps: at once what brings an instance to a state, later what its hours want.  Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from aws.account import Place
from aws.instance import Instance
from bot.hours import Hours
from bot.plan import Fields, Step
from bot.words import Words
from commands.calendars import RUNNING, STOPPED, wants
from commands.changes import start_instances, stop_instances
from commands.power import let_go
from commands.power.hours import why_not_stopped

_ARE_SO = {RUNNING: ("running", "pending"), STOPPED: ("stopped", "stopping")}
_CAN_BE = {RUNNING: "stopped", STOPPED: "running"}


def steps(
    place: Place,
    one: Instance,
    state: str,
    until: datetime,
    hours: Mapping[str, Hours],
    warnings: tuple[Words, ...] = (),
) -> tuple[Step, ...]:
    """Keep it in this state until then; () when it can be brought there from no state it is in now.

    The last step comes at the moment however the first one went: an instance that is late must not be
    forgotten.
    """
    if one.state not in (*_ARE_SO[state], _CAN_BE[state]):
        return ()
    first = () if one.state in _ARE_SO[state] else (_into(state, place, one, warnings),)
    last = _last(place, one, state, until, wants(one.tags, hours, until) or state)
    return *first, replace(last, follows=tuple(step.key for step in first))


def _last(place: Place, one: Instance, state: str, until: datetime, then: str) -> Step:
    """What is done at the moment, when its hours want it to be as `then`."""
    if then == state or (then == STOPPED and why_not_stopped(one)):
        return let_go.step(place, one, state, until)
    step = _into(then, place, one)
    before, after = _with_hours(step.before, then), _with_hours(step.after, then)
    return replace(step, before=before, after=after, not_before=until)


def _with_hours(declared: Fields, then: str) -> Fields:
    """The fields with what the hours shall still want: toban may be down when the moment comes."""
    return tuple(sorted((*declared, ("hours", then))))


def _into(state: str, place: Place, one: Instance, warnings: tuple[Words, ...] = ()) -> Step:
    if state == RUNNING:
        return start_instances.step(place, one, warnings=warnings)
    return stop_instances.step(place, one, warnings=warnings)
