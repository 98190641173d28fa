"""What a schedule that somebody is about to add would do, now and at its next times."""

from bot.command import Risk, Verb, World
from bot.plan import Plan, Resource
from bot.schedule import Schedule
from bot.words import Words, plural, words

NAMED = 5  # targets that are named


def told(verb: Verb[object], now: Plan) -> Words:
    """What the line would do if it ran now."""
    if not verb.actions:
        return words("If it ran now, it would answer: {summary}", summary=now.summary)
    if not now.steps:
        return words("If it ran now, it would change nothing: {summary}", summary=now.summary)
    found = tuple(dict.fromkeys(_called(step.target) for step in now.steps))
    named = ", ".join((*found[:NAMED], *(("…",) if len(found) > NAMED else ())))
    return words("If it ran now, it would {summary}: {targets}", summary=now.summary, targets=named)


def _called(target: Resource) -> str:
    return f"{target.name} ({target.id})" if target.name else target.id


def ahead(one: Schedule, verb: Verb[object], now: Plan, world: World) -> tuple[Words, ...]:
    """When it runs, and how far it goes by itself."""
    runs = tuple(words("{at}", at=run) for run in world.ledger.next_runs(one))
    notes = [
        words("It runs with your rights, reports in this channel, and comes next: {runs}", runs=runs),
        words("A missed run may begin at most {grace} late.", grace=one.grace),
    ]
    if verb.actions:
        notes.append(words("A run that needs more people than agree to this now waits for a click."))
    return (*notes, *_deletions(one, verb, now))


def _deletions(one: Schedule, verb: Verb[object], now: Plan) -> tuple[Words, ...]:
    destroys = {action.name for action in verb.actions if action.risk is Risk.DESTROY}
    if not destroys:
        return ()
    today = sum(step.action in destroys for step in now.steps)
    cap = plural(
        "More than {n} deletion in one run waits for a click.",
        "More than {n} deletions in one run wait for a click.",
        one.most_deletions,
    )
    if today <= one.most_deletions:
        return (cap,)
    over = plural(
        "That is {n} deletion now: raise --most-deletions if it shall run by itself.",
        "That is {n} deletions now: raise --most-deletions if it shall run by itself.",
        today,
    )
    return cap, over
