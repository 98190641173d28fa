"""What a schedule's line saves or costs: of lines that start and stop things."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from bot.arguments import UsageError
from bot.brief import ScheduleBrief
from bot.command import Verb, World
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.calendars import TAG
from commands.cost._of_found import EC2, RDS, Asked
from commands.cost._of_kept import Kept
from commands.power.share import percent
from commands.prices.estimate import dollars

STOPS, STARTS = ("ec2.stop", "rds.stop"), ("ec2.start", "rds.start")
HOURS = "ec2.hours"
_SERVICES = {"ec2": (EC2,), "rds": (RDS,)}


def find(world: World, name: str) -> ScheduleBrief:
    """The schedule of this name.  Raises UsageError."""
    found = next((one for one in world.ledger.schedules() if one.name == name), None)
    if found is None:
        raise UsageError(words("There is no schedule {name}.", name=name))
    return found


def asked(verb: Verb[Any], args: Any) -> Asked | None:
    """What its line is about; None for one that neither starts nor stops anything."""
    if verb.action == HOURS:
        targets = args.targets if args.targets != Targets() else Targets(tags=((TAG, args.calendar),))
        return Asked(targets, args.account, args.region)
    if verb.action in (*STOPS, *STARTS):
        return Asked(args.targets, args.account, args.region, _SERVICES[verb.noun])
    return None


def told(verb: Verb[Any], args: Any, one: ScheduleBrief, found: Sequence[Kept]) -> tuple[Words, ...]:
    """What the line saves or costs, of what it is about now."""
    named = words("{name}: `{line}`, {when}", name=one.name, line=one.line, when=one.when)
    if verb.action == HOURS:
        return named, *_hours([kept for kept in found if kept.calendar == args.calendar])
    return named, *_turns(found, stops=verb.action in STOPS)


def _hours(found: Sequence[Kept]) -> Iterable[Words]:
    """What a calendar saves of all that keeps it."""
    saved = [one.saved for one in found if one.saved is not None]
    if found:
        yield plural(
            "its hours save about {amount} a month: {n} runs {share} of the time",
            "its hours save about {amount} a month: {n} run {share} of the time",
            len(found),
            amount=dollars(sum(saved, Decimal(0))),
            share=percent(found[0].part),
        )
    yield from _unknown(len(found) - len(saved))


def _turns(found: Sequence[Kept], *, stops: bool) -> Iterable[Words]:
    """What an hour of all of it costs while it runs: so much is saved by the hour, or paid."""
    runs = [one for one in found if one.machine.running.parts]
    known = [one.hourly for one in runs if one.hourly is not None]
    hourly = sum(known, Decimal(0))
    given = {"amount": dollars(hourly), "month": dollars(hourly * 730)}
    if runs and stops:
        yield plural(
            "each hour that {n} is stopped saves about {amount}; a whole month {month}",
            "each hour that {n} are stopped saves about {amount}; a whole month {month}",
            len(runs),
            **given,
        )
    elif runs:
        yield plural(
            "each hour that {n} runs costs about {amount}; a whole month {month}",
            "each hour that {n} run costs about {amount}; a whole month {month}",
            len(runs),
            **given,
        )
    yield from _unknown(len(runs) - len(known))


def _unknown(n: int) -> Iterable[Words]:
    if n:
        yield plural("of {n} no price is known", "of {n} no prices are known", n)


def silent(one: ScheduleBrief) -> Words:
    """A line of which nothing can be told."""
    return words(
        "{name}: `{line}` starts and stops nothing, so nothing can be told of what it saves",
        name=one.name,
        line=one.line,
    )
