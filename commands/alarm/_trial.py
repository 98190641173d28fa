"""What would happen if an event came, as an answer: what it means, which rule fits, what would be asked."""

from collections.abc import Iterator, Mapping

from bot.arguments import UsageError
from bot.command import World
from bot.glance import SIGNS
from bot.plan import Plan
from bot.trouble import Phase, Rule, State, Trial
from bot.words import Words, words
from commands.alarm._samples import Sample

PHASES: Mapping[Phase, Words] = {
    Phase.BEGINS: words("an alarm would begin"),
    Phase.GOES_ON: words("an alarm would go on with this"),
    Phase.ENDS: words("an alarm would end"),
    Phase.TELLS: words("something has happened: it would be told, and has no end"),
}


def plan(sample: Sample, world: World, rule: str = "") -> Plan:
    """What would happen, by one rule if it is named; nothing does.  Raises UsageError."""
    trial = world.troubles.attempt(sample.envelope, rule)
    reading, found = trial.reading, trial.rule
    severity = (found and found.severity) or reading.severity
    summary = words("{sign} {title}", sign=SIGNS[severity], title=reading.title)
    notes = (
        words("{phase}; severity: {severity}", phase=PHASES[reading.phase], severity=severity.value),
        *(_by_rule(trial, found, world) if found else _by_none(trial, rule)),
        *reading.facts,
        *_source(sample),
    )
    return Plan(summary, notes=notes)


def _by_none(trial: Trial, rule: str) -> list[Words]:
    if not rule:
        return [words("no rule fits it, so nobody would be told")]
    if trial.misfit is None:
        return [words("the rule {rule} does not fit it", rule=rule)]
    return [words("the rule {rule} does not fit it: {why}", rule=rule, why=trial.misfit)]


def _by_rule(trial: Trial, rule: Rule, world: World) -> Iterator[Words]:
    yield words(
        "the rule {rule} fits it, and would tell of it in {channel}", rule=rule.name, channel=rule.channel
    )
    if rule.mention and trial.reading.phase is not Phase.ENDS:
        yield words("{person} would be called", person=rule.mention)
    yield from _goes_on(trial, rule, world)
    yield from _silence(trial, rule, world)
    if trial.reading.phase in {Phase.BEGINS, Phase.TELLS}:
        yield from _asks(trial, rule, world)


def _goes_on(trial: Trial, rule: Rule, world: World) -> Iterator[Words]:
    """The alarm that it would be news of."""
    for one in world.troubles.about(trial.reading.subject, 5):
        if one.rule == rule.name and one.state is not State.OVER:
            yield words("it is about the same as #A{number}, which is not over", number=one.number)
            return


def _silence(trial: Trial, rule: Rule, world: World) -> Iterator[Words]:
    for one in world.troubles.silences():
        if one.rule == rule.name and one.subject in {"", trial.reading.subject[:300]}:
            yield words("nobody would hear of it: {person} has silenced it", person=one.person)
            return


def _asks(trial: Trial, rule: Rule, world: World) -> Iterator[Words]:
    """The line that the rule asks; what is wrong with it is said now, and not in the night."""
    if not rule.do:
        return
    if trial.lacks:
        yield words("“{line}” would not be asked: the event names no {name}", line=rule.do, name=trial.lacks)
        return
    try:
        world.rules.read(trial.line)
    except UsageError as error:
        yield words("“{line}” could not be asked: {why}", line=trial.line, why=error.said)
        return
    yield words("it would ask `/{line}` with the rights of {owner}", line=trial.line, owner=rule.owner)


def _source(sample: Sample) -> list[Words]:
    return [words("its shape is that of AWS's page “{page}”", page=sample.page)] if sample.page else []
