"""The parts of an experiment as blocks: each its own plan, less what begins and ends a drill of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.arguments import UsageError
from bot.command import World
from bot.drill import Part
from bot.plan import Plan, Step
from bot.words import words
from commands.failover import _recovered, _steady
from commands.failover._block import Block
from commands.failover._options import Options

OWN = (_steady.NAME, _recovered.NAME)
EXPERIMENT = "run-experiment"
SHARED = ("for_", "probe", "before", "after", "stop_errors", "stop_alarm")
"""Options that are the experiment's, whatever a part says."""


def blocks(world: World, parts: Sequence[Part], options: Options) -> Iterator[Block]:
    """One a part, all with the experiment's own options.

    Raises UsageError when two parts touch the same thing, and whatever a part itself is refused for.
    """
    taken: dict[str, str] = {}
    for part in parts:
        block = _block(world, part, options)
        for step in block.steps:
            other = taken.setdefault(step.key, part.line)
            if other != part.line:
                what = step.target.name or step.target.id
                raise UsageError(
                    words("“{line}” and “{other}” both touch {what}.", line=part.line, other=other, what=what)
                )
        yield block


def _block(world: World, part: Part, options: Options) -> Block:
    verb, args = world.rules.read(part.line)
    if not verb.name.startswith("run-") or verb.name == EXPERIMENT:
        raise UsageError(words("“{line}” is no part of an experiment.", line=part.line))
    shared = {name: getattr(options, name) for name in SHARED}
    made: Plan = verb.plan(replace(args, **shared), world)
    steady = next((one for one in made.steps if one.action == _steady.NAME), None)
    if steady is None:
        raise UsageError(words("“{line}” would break nothing: {why}", line=part.line, why=made.summary))
    steps = tuple(_later(one, steady, part.later) for one in made.steps if one.action not in OWN)
    return Block(steps, _steady.spec_of(steady).watched, (), made.left, made.unread)


def _later(one: Step, steady: Step, later: timedelta) -> Step:
    """A fault without the steady state of its own; the first ones of a later part wait so long."""
    if one.undoes:
        return one
    needs = tuple(key for key in one.needs if key != steady.key)
    waits = later if later and not needs else None
    return replace(one, needs=needs, after_a_while=waits or one.after_a_while)
