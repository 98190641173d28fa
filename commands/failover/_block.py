"""A block of a drill: one fault with its ways back, and what belongs on the drill's axis."""

from collections.abc import Iterable
from dataclasses import dataclass

from aws.instance import Instance
from bot.drill import Watched
from bot.plan import Left, Step, Unread
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Block:
    """What breaks something, and what puts it back."""

    steps: tuple[Step, ...]  # a way back is one that `undoes` another
    watched: tuple[Watched, ...] = ()  # whose events are told beside what users see
    notes: tuple[Words, ...] = ()
    left: tuple[Left, ...] = ()
    unread: tuple[Unread, ...] = ()
    replaced: tuple[Instance, ...] = ()  # in whose stead others may be launched meanwhile


def joined(blocks: Iterable[Block]) -> Block:
    """Several as one, each in its order."""
    every = tuple(blocks)
    return Block(
        steps=tuple(step for one in every for step in one.steps),
        watched=tuple(dict.fromkeys(each for one in every for each in one.watched)),
        notes=tuple(dict.fromkeys(note for one in every for note in one.notes)),
        left=tuple(each for one in every for each in one.left),
        unread=tuple(dict.fromkeys(each for one in every for each in one.unread)),
        replaced=tuple({each.id: each for one in every for each in one.replaced}.values()),
    )
