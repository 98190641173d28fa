"""A fault and its way back alone, as a verb of their own: without the probes that a whole drill wants."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from bot.command import Action, Risk, Verb, World
from bot.engine import Engine
from bot.grammar.grammar import Grammar, Vocabulary
from bot.plan import Plan, Step
from bot.policy.policy import Policy
from bot.words import words
from tests.bot.flow.crowd import ANYBODY
from tests.by_name import by_name
from tests.house import House
from tests.scenarios.conftest import DEV

LINE = "/pair break"


@dataclass(frozen=True, slots=True)
class Args:
    """Nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is broken, and with which actions."""

    steps: Callable[[], Sequence[Step]]
    actions: tuple[Action, ...]


@contextmanager
def paired(there: House, pair: Pair) -> Iterator[House]:
    """The same house, which knows `/pair break` and nothing else."""

    def plan(_args: Args, _world: World) -> Plan:
        return Plan(words("break it"), tuple(pair.steps()))

    verb: Verb[Any] = Verb(
        "pair", "break", words("Break it."), Args, Risk.CHANGE, (), plan, (LINE,), pair.actions
    )
    named = [(verb.action, verb.risk), *((one.name, one.risk) for one in pair.actions)]
    path = replace(
        there.path,
        grammar=Grammar(by_name([verb]), Vocabulary((DEV.name,), DEV.regions)),
        policy=Policy.load(ANYBODY, named),
        actions={one.name: one for one in pair.actions},
        verbs=by_name([verb]),
    )
    yield House(path, Engine(path, there.engine._bell), there.time)
