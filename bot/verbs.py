"""The verbs there are, each loaded when it is first asked for, so that more of them make no longer start.

A start must know of all of them how they are called, which actions they have and how much each can hurt:
the policy and the config speak of these.  `commands/index.json` says so; ``python -m tests.docs`` writes it
from the verbs themselves.  One that lacks a verb is not used, and a verb that is not as it says is refused.
"""

import importlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import commands
from bot.command import Action, Risk, Verb
from bot.on_demand import OnDemand
from commands.names import module, names

INDEX = Path(commands.__path__[0], "index.json")


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a verb before it is loaded."""

    risk: Risk
    actions: Mapping[str, Risk]


@dataclass(frozen=True, slots=True)
class Verbs:
    """All of them by name, noun.verb, and their actions by theirs."""

    outlines: Mapping[str, Outline]
    verbs: Mapping[str, Verb[Any]]
    actions: Mapping[str, Action]

    @property
    def risks(self) -> list[tuple[str, Risk]]:
        """How much each verb and each action can hurt, for the policy."""
        found = [(name, one.risk) for name, one in self.outlines.items()]
        return found + [each for one in self.outlines.values() for each in one.actions.items()]


def verbs(index: Path = INDEX) -> Verbs:
    """Every verb there is; while one has no line in the index yet, all are loaded at once."""
    told = _read(index)
    outlines = told if tuple(told) == names() else outlined(commands.load())
    found = OnDemand(outlines, lambda name: _load(name, outlines[name]))
    homes = {action: name for name, one in outlines.items() for action in one.actions}
    return Verbs(outlines, found, OnDemand(homes, lambda name: _action(found[homes[name]], name)))


def outlined(those: Iterable[Verb[Any]]) -> dict[str, Outline]:
    """What the index says of these."""
    return {
        verb.action: Outline(verb.risk, {action.name: action.risk for action in verb.actions})
        for verb in those
    }


def written(outlines: Mapping[str, Outline]) -> str:
    """The index as its file holds it: a line a verb."""
    rows = [f'  "{name}": {json.dumps([one.risk, one.actions])}' for name, one in outlines.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _read(index: Path) -> dict[str, Outline]:
    told = json.loads(index.read_text(encoding="utf-8"))
    return {
        name: Outline(Risk(risk), {action: Risk(each) for action, each in actions.items()})
        for name, (risk, actions) in told.items()
    }


def _load(name: str, outline: Outline) -> Verb[Any]:
    """A verb.  Raises RuntimeError when it is another than the policy was told of."""
    verb: Verb[Any] = importlib.import_module(module(name)).VERB
    if outlined([verb]) != {name: outline}:
        raise RuntimeError(f"{INDEX.name} is out of date about {name}: python -m tests.docs writes it anew")
    return verb


def _action(verb: Verb[Any], name: str) -> Action:
    return next(action for action in verb.actions if action.name == name)
