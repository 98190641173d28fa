"""Only for a while: the stop that a start brings along, such as a bastion's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from aws.account import Place
from aws.instance import Instance
from bot.command import World
from bot.plan import Step
from bot.words import Words, words
from commands.changes import stop_instances
from commands.changes.instance_state import KEPT
from commands.reading import Found


def stops(
    for_: timedelta | None, world: World, found: Found[Instance], starts: Mapping[tuple[Place, str], Step]
) -> list[Step]:
    """The stop of each that is started, however the start went, and of each that runs already."""
    if for_ is None:
        return []
    longer = _longer(world, world.now + for_)
    after = [
        replace(
            _unless_kept(place, one, longer.get((place, one.id), ())),
            follows=(starts[place, one.id].key,),
            after_a_while=for_,
        )
        for place, one in found
        if (place, one.id) in starts
    ]
    already = [
        replace(_unless_kept(place, one, longer.get((place, one.id), ())), not_before=world.now + for_)
        for place, one in found
        if one.state in ("running", "pending") and one.root_device != "instance-store"
    ]
    return [*after, *already]


def _unless_kept(place: Place, one: Instance, warnings: tuple[Words, ...]) -> Step:
    """The stop of one, but for when somebody keeps it running for longer: then that one's end counts."""
    step = stop_instances.step(place, one, warnings=warnings)
    return replace(step, before=tuple(sorted((*step.before, KEPT))))


def _longer(world: World, than: datetime) -> dict[tuple[Place, str], tuple[Words, ...]]:
    """Which are kept running beyond that moment by an operation that was asked for earlier."""
    return {
        (Place(held.account, held.region), held.resource): (
            words(
                "#{number} keeps it running for longer, until {when}: it is stopped then, and not before",
                number=str(held.number),
                when=held.until,
            ),
        )
        for held in world.ledger.held()
        if held.action == stop_instances.NAME and held.until > than
    }
