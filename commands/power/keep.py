"""An override's steps: at once what brings an instance to a state, later what its hours want.  Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from aws.account import Place
from aws.instance import Instance
from bot.hours import Hours, is_open
from bot.plan import Step
from bot.words import Words
from commands.changes import start_instances, stop_instances
from commands.power import let_go
from commands.power.hours import why_not_stopped
from commands.power.standing import calendar_of

RUNNING, STOPPED = "running", "stopped"
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
    follows = tuple(step.key for step in first)
    calendar = hours.get(calendar_of(one.tags))
    wants = state if calendar is None else RUNNING if is_open(calendar, until) else STOPPED
    if wants == state or (wants == STOPPED and why_not_stopped(one)):
        return *first, let_go.step(place, one, state, until, follows)
    return *first, replace(_into(wants, place, one), follows=follows, not_before=until)


def _into(state: str, place: Place, one: Instance, warnings: tuple[Words, ...] = ()) -> Step:
    if state == RUNNING:
        return start_instances.step(place, one, warnings=warnings)
    return stop_instances.step(place, one, warnings=warnings)
