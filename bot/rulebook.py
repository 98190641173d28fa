"""What is fixed before anything is opened: the verbs, the grammar, the policy, the config's schedules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import commands
from bot.arguments import UsageError
from bot.command import Action, Risk, Verb
from bot.grammar.grammar import Grammar, Parsed, Vocabulary
from bot.grammar.suggest import hint
from bot.policy.decision import PolicyError
from bot.policy.policy import DEFAULT, Policy
from bot.schedule import Schedule
from bot.schedules import Schedules
from bot.settings import Settings, SettingsError
from bot.words import words


@dataclass(frozen=True, slots=True)
class Rules:
    """All of it; schedules that are added from chat join `schedules`, and the grammar knows them there."""

    verbs: tuple[Verb[Any], ...]
    actions: Mapping[str, Action]
    grammar: Grammar
    policy: Policy
    schedules: Schedules


def rules(settings: Settings) -> Rules:
    """Read the policy and the schedules' lines.  Raises SettingsError with every mistake in them."""
    verbs = commands.load()
    actions = _actions(verbs, settings.within)
    vocabulary = Vocabulary(
        accounts=tuple(one.name for one in settings.accounts),
        regions=tuple(dict.fromkeys(region for one in settings.accounts for region in one.regions)),
        schedules=tuple(one.name for one in settings.schedules),
        calendars=tuple(settings.hours),
    )
    grammar = Grammar(verbs, vocabulary)
    named: list[tuple[str, Risk]] = [(verb.action, verb.risk) for verb in verbs]
    named += [(action.name, action.risk) for action in actions.values()]
    file = settings.policy or DEFAULT
    try:
        policy = Policy.load(file.read_text(encoding="utf-8"), named, file.name, settings.groups)
    except PolicyError as error:
        raise SettingsError(error.mistakes) from error
    schedules = Schedules(_canonical(settings, grammar))
    grammar = Grammar(verbs, replace(vocabulary, schedules=schedules))
    return Rules(verbs, actions, grammar, policy, schedules)


def _actions(verbs: Iterable[Verb[Any]], within: Mapping[str, timedelta]) -> dict[str, Action]:
    """The actions by name, with the time limits of the config.  Raises SettingsError for one there is not."""
    actions = {action.name: action for verb in verbs for action in verb.actions}
    mistakes = [
        words("[within] names “{name}”, which is no action. {hint}", name=name, hint=hint(name, actions))
        for name in within
        if name not in actions
    ]
    if mistakes:
        raise SettingsError(mistakes)
    return actions | {name: replace(actions[name], within=limit) for name, limit in within.items()}


def _canonical(settings: Settings, grammar: Grammar) -> dict[str, Schedule]:
    """The schedules with their lines as the grammar renders them."""
    read, mistakes = {}, []
    for one in settings.schedules:
        try:
            parsed = grammar.parse(one.line)
        except UsageError as error:
            mistakes.append(words("The line of schedule {name}: {why}", name=one.name, why=error.said))
            continue
        if isinstance(parsed, Parsed):
            read[one.name] = replace(one, line=parsed.line)
        else:
            mistakes.append(words("The line of schedule {name} asks for nothing.", name=one.name))
    if mistakes:
        raise SettingsError(mistakes)
    return read
