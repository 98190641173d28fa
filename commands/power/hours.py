"""What office hours want of instances and databases at a moment.  Pure, and the one rule for every door.

An override goes first, then the calendar that the tag names; what cannot be brought about is left, with the
reason.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from aws.account import Place
from aws.database import Database
from aws.instance import Instance
from bot.brief import Held
from bot.plan import Left, Resource, Step
from bot.words import Words, words
from commands import databases, instances
from commands.calendars import TAG, calendar_of
from commands.changes import start_database, start_instances, stop_database, stop_instances
from commands.changes.instance_state import GROUP_TAG
from commands.power import overrides
from commands.power.overrides import Where
from commands.power.standing import unknown

T = TypeVar("T", Instance, Database)
Wanted = Mapping[str, bool]
"""By calendar: whether what keeps it shall run."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is decided by: the same for all that are decided about at one moment."""

    wanted: Wanted  # of the calendars that are meant
    known: Collection[str]  # all calendars of the config
    kept: Mapping[Where, Held]
    untagged: str = ""  # the calendar of what was named one by one and carries no tag; "": it is passed over


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be done, and what is left alone, with the reason."""

    steps: tuple[Step, ...]
    left: tuple[Left, ...]

    def __add__(self, more: "Decided") -> "Decided":
        """Both together."""
        return Decided(self.steps + more.steps, self.left + more.left)


def of_instances(found: Iterable[tuple[Place, Instance]], rules: Rules) -> Decided:
    """Decide about instances; those of other calendars, and of none, are passed over unless named."""
    there = (pair for pair in found if pair[1].state != "terminated")
    return _decided(there, rules, _instance, instances.resource)


def of_databases(found: Iterable[tuple[Place, Database]], rules: Rules) -> Decided:
    """Decide about databases; those of other calendars, and of none, are passed over."""
    return _decided(found, rules, _database, databases.resource)


def why_not_stopped(one: Instance) -> Words | None:
    """Why an instance cannot be stopped for its hours, as far as a listing shows it; None: it can."""
    if one.root_device == "instance-store":
        return words("its root device is an instance store: EC2 cannot stop it")
    if group := one.tags.get(GROUP_TAG):
        return words("its Auto Scaling group {group} would replace it: scale the group instead", group=group)
    return None


def _decided(
    found: Iterable[tuple[Place, T]],
    rules: Rules,
    act: Callable[[Place, T, bool], Step | Words],
    resource: Callable[[Place, T], Resource],
) -> Decided:
    steps: list[Step] = []
    left: list[Left] = []
    for place, one in found:
        shall_run = _shall_run((place.account, place.region, one.id), one.tags, rules)
        what = act(place, one, shall_run) if isinstance(shall_run, bool) else shall_run
        if isinstance(what, Step):
            steps.append(what)
        elif what is not None:
            left.append(Left(resource(place, one), what))
    return Decided(tuple(steps), tuple(left))


def _shall_run(where: Where, tags: Mapping[str, str], rules: Rules) -> bool | Words | None:
    """Whether it shall run; why it is left alone; or None: other hours hold for it, or none."""
    name = calendar_of(tags) if TAG in tags else rules.untagged
    if name in rules.wanted:
        held = rules.kept.get(where)
        return rules.wanted[name] if held is None else overrides.said(held)
    if name and name not in rules.known:
        return unknown(name, rules.known)
    return _other(name) if rules.untagged else None


def _other(calendar: str) -> Words:
    """Why something that was named itself does not keep the hours that are meant."""
    if not calendar:
        return words("its tag says that no hours hold for it")
    return words("it keeps the hours of {calendar}", calendar=calendar)


def _instance(place: Place, one: Instance, shall_run: bool) -> Step | Words:
    if one.state in (("running", "pending") if shall_run else ("stopped", "stopping")):
        return _as_wanted(one.state)
    if shall_run and one.state == "stopped":
        return start_instances.step(place, one)
    if not shall_run and one.state == "running":
        return why_not_stopped(one) or stop_instances.step(place, one)
    return words("it is {state}", state=one.state)


def _database(place: Place, one: Database, shall_run: bool) -> Step | Words:
    if one.state == ("available" if shall_run else "stopped"):
        return _as_wanted(one.state)
    if shall_run:
        return start_database.why_left(one) or start_database.step(place, one)
    return stop_database.why_left(one) or stop_database.step(place, one)


def _as_wanted(state: str) -> Words:
    return words("it is {state}, as its hours want it", state=state)
