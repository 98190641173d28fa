"""What is fixed before anything is opened: the verbs, the grammar, the policy, the config's schedules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.arguments import UsageError
from bot.command import Action
from bot.grammar.grammar import Grammar, Parsed, Vocabulary
from bot.grammar.suggest import hint
from bot.on_demand import OnDemand
from bot.policy.decision import PolicyError
from bot.policy.policy import DEFAULT, Policy
from bot.schedule import Schedule
from bot.schedules import Schedules
from bot.settings import Settings, SettingsError
from bot.verbs import Verbs, verbs
from bot.words import words


@dataclass(frozen=True, slots=True)
class Rules:
    """All of it; schedules that are added from chat join `schedules`, and the grammar knows them there."""

    known: Verbs
    actions: Mapping[str, Action]  # with the config's time limits
    grammar: Grammar
    policy: Policy
    schedules: Schedules


def rules(settings: Settings) -> Rules:
    """Read the policy and the schedules' lines.  Raises SettingsError with every mistake in them."""
    known = verbs()
    actions = _actions(known.actions, settings.within)
    vocabulary = Vocabulary(
        accounts=tuple(one.name for one in settings.accounts),
        regions=tuple(dict.fromkeys(region for one in settings.accounts for region in one.regions)),
        schedules=tuple(one.name for one in settings.schedules),
        calendars=tuple(settings.hours),
    )
    grammar = Grammar(known.verbs, vocabulary)
    file = settings.policy or DEFAULT
    try:
        policy = Policy.load(file.read_text(encoding="utf-8"), known.risks, file.name, settings.groups)
    except PolicyError as error:
        raise SettingsError(error.mistakes) from error
    schedules = Schedules(_canonical(settings, grammar))
    grammar = Grammar(known.verbs, replace(vocabulary, schedules=schedules))
    return Rules(known, actions, grammar, policy, schedules)


def _actions(actions: Mapping[str, Action], within: Mapping[str, timedelta]) -> Mapping[str, Action]:
    """The actions by name, with the time limits of the config.  Raises SettingsError for one there is not."""
    mistakes = [
        words("[within] names “{name}”, which is no action. {hint}", name=name, hint=hint(name, actions))
        for name in within
        if name not in actions
    ]
    if mistakes:
        raise SettingsError(mistakes)
    return OnDemand(actions, lambda name: _limited(actions[name], within.get(name)))


def _limited(action: Action, limit: timedelta | None) -> Action:
    return replace(action, within=limit) if limit else action


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
