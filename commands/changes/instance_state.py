"""An instance's state as the changes of it declare it, and see it again."""

from collections.abc import Container, Mapping, Sequence

from aws import instance
from aws.account import Place
from aws.instance import Instance
from bot.command import Sent, World
from bot.plan import Fields, Step
from commands.calendars import wants
from commands.reading import fields

GROUP_TAG = "aws:autoscaling:groupName"  # "Tag Auto Scaling groups and instances", EC2 Auto Scaling guide

NEEDED, NOT_NEEDED = "needed", "not needed"
KEPT = ("kept", "no")
"""Declared by a stop that shall not be, while somebody keeps the instance running for longer."""
_KEEP_RUNNING = frozenset({"ec2.stop", "ec2.keep"})
_WAY_BACK = {"stopped": NEEDED, "pending": NOT_NEEDED, "running": NOT_NEEDED}
"""Whether an instance that was to be started needs a way back: one whose start EC2 took on does not."""


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """What each step's instance is now; one Describe for all of them.

    A step that declares it is also shown how the instance's office hours want it now, unless somebody keeps
    it otherwise for longer; or whether somebody keeps it running for longer.
    """
    found = instance.find(world.aws.ec2(place), ids=sorted({step.target.id for step in steps}))
    there = {one.id: one for one in found}
    now = {id_: _fields(one) for id_, one in there.items()}
    of_hours = {step.target.id for step in steps if any(name == "hours" for name, _ in step.before)}
    kept = _kept(world, place) if of_hours else {}
    for id_ in of_hours & there.keys():
        wanted = wants(there[id_].tags, world.hours, world.now) or "–"
        now[id_] += fields(hours=kept.get(id_, wanted))
    if any(KEPT in step.before for step in steps):
        running = _kept(world, place, _KEEP_RUNNING)
        now = {id_: shows + fields(kept=running.get(id_, "no")) for id_, shows in now.items()}
    return {step.key: now[step.target.id] for step in steps if step.target.id in now}


def _kept(world: World, place: Place, actions: Container[str] | None = None) -> dict[str, str]:
    """Which instances somebody keeps as they are until one of these actions, and by which operation."""
    return {
        one.resource: f"kept by #{one.number}"
        for one in world.ledger.held()
        if one.until > world.now
        and (one.account, one.region) == (place.account, place.region)
        and (actions is None or one.action in actions)
    }


def _fields(one: Instance) -> Fields:
    return fields(state=one.state, type=one.type, way_back=_WAY_BACK.get(one.state, "–"))


def of_sent(world: World, place: Place, sent: Sequence[Sent]) -> dict[str, Instance]:
    """The instance of each step that was sent, by the step's key; a key that is missing: it is gone."""
    ids = sorted({one.step.target.id for one in sent})
    there = {one.id: one for one in instance.find(world.aws.ec2(place), ids=ids)}
    return {one.step.key: there[one.step.target.id] for one in sent if one.step.target.id in there}
