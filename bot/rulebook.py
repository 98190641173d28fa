"""What is fixed before anything is opened: the verbs, the grammar, the policy, the config's schedules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.arguments import UsageError
from bot.command import Action
from bot.flow.rule_line import filled, places
from bot.grammar.grammar import Grammar, Parsed, Vocabulary
from bot.grammar.suggest import hint
from bot.named import EXAMPLES
from bot.on_demand import OnDemand
from bot.policy.decision import PolicyError
from bot.policy.policy import DEFAULT, Policy
from bot.schedule import Schedule
from bot.schedules import Schedules
from bot.settings import Settings, SettingsError
from bot.verbs import Verbs, verbs
from bot.words import Words, words


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
        text = file.read_text(encoding="utf-8")
        policy = Policy.load(
            text, known.risks, file.name, settings.groups, lambda: datetime.now(settings.zone)
        )
    except PolicyError as error:
        raise SettingsError(error.mistakes) from error
    read, mistakes = _canonical(settings, grammar)
    schedules = Schedules(read)
    grammar = Grammar(known.verbs, replace(vocabulary, schedules=schedules))
    mistakes += [*_lines_of_rules(settings, grammar), *_lines_of_experiments(settings, grammar)]
    if mistakes:
        raise SettingsError(mistakes)
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


def _canonical(settings: Settings, grammar: Grammar) -> tuple[dict[str, Schedule], list[Words]]:
    """The schedules with their lines as the grammar renders them, and what is wrong with the others."""
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
    return read, mistakes


def _lines_of_rules(settings: Settings, grammar: Grammar) -> Iterator[Words]:
    """What is wrong with the lines of rules, with an example for each name in braces."""
    first = settings.accounts[0]
    examples = {**EXAMPLES} | {"account": first.name, "region": first.regions[0]}
    for rule in settings.rules:
        for line in dict.fromkeys([*rule.buttons, *([rule.do] if rule.do else [])]):
            if why := _wrong(line, grammar, examples):
                yield words("The line “{line}” of rule {name}: {why}", line=line, name=rule.name, why=why)


def _lines_of_experiments(settings: Settings, grammar: Grammar) -> Iterator[Words]:
    """What is wrong with the parts of experiments."""
    for name, parts in settings.experiments.items():
        for part in parts:
            if why := _wrong(part.line, grammar, {}):
                yield words(
                    "The part “{line}” of experiment {name}: {why}", line=part.line, name=name, why=why
                )


def _wrong(line: str, grammar: Grammar, examples: Mapping[str, str]) -> Words | None:
    for name in places(line):
        if name not in examples:
            near = hint(name, examples)
            return words("no event names {what}. {hint}", what=f"{{{name}}}", hint=near)
    try:
        parsed = grammar.parse(filled(line, examples))
    except UsageError as error:
        return error.said
    return None if isinstance(parsed, Parsed) else words("it asks for nothing.")
