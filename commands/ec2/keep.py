"""Keep instances running or stopped until a moment, against their office hours; it ends by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aws.account import Place
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.brief import Held
from bot.command import Risk, Verb, World
from bot.moment import Moment
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.calendars import RUNNING, STOPPED
from commands.changes.start_instances import START
from commands.changes.stop_instances import STOP
from commands.ec2 import _losses
from commands.ec2._instances import targets_arg
from commands.power import keep, overrides
from commands.power.let_go import LET_GO
from commands.reading import accounts_arg, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 keep is told."""

    state: str = arg(Kind.CHOICE, words("as what"), option=False, required=True, choices=(RUNNING, STOPPED))
    targets: Targets = targets_arg()
    until: Moment = arg(
        Kind.MOMENT,
        words("until when, such as 22:00 or 2026-11-22T22:00; then their hours hold again"),
        required=True,
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """At once what brings them to that state, and at the moment what their hours want then."""
    until = _until(args.until, world)
    found = instances.find(world, args.targets, args.account, args.region)
    losses = _losses.of(
        world, (pair for pair in found if args.state == STOPPED and pair[1].state == "running")
    )
    kept = overrides.by_resource(world.ledger.held(), world.now)
    steps: list[Step] = []
    left: list[Left] = []
    for place, one in found:
        cannot = losses.kept.get((place, one.id))
        warnings = losses.warnings.get((place, one.id), ())
        planned = () if cannot else keep.steps(place, one, args.state, until, world.hours, warnings)
        steps += _beside(kept, place, planned)
        if not planned:
            why = cannot or words("it is {state}", state=one.state)
            left.append(Left(instances.resource(place, one), why))
    notes = (*losses.notes, *_at(until, [one for one in steps if one.not_before]))
    summary = _summary(args.state, until, len(found) - len(left))
    return Plan(summary, tuple(steps), tuple(left), found.unread, notes)


def _until(typed: Moment, world: World) -> datetime:
    until = typed.after(world.now, world.zone)
    if until <= world.now:
        raise UsageError(words("{moment} is past; it is {now} now.", moment=until, now=world.now))
    return until


def _beside(kept: Mapping[overrides.Where, Held], place: Place, planned: Sequence[Step]) -> Sequence[Step]:
    """The steps, the last of them with a warning where another override lasts longer."""
    if not planned:
        return ()
    *first, last = planned
    held = kept.get((place.account, place.region, last.target.id))
    if held is None or last.not_before is None or held.until <= last.not_before:
        return planned
    said = words(
        "it is {override} already, which lasts longer; `/toban cancel {number}` calls that off",
        override=overrides.said(held),
        number=held.number,
    )
    return *first, replace(last, warnings=(*last.warnings, said))


def _summary(state: str, until: datetime, count: int) -> Words:
    if state == RUNNING:
        return plural(
            "keep {n} instance running until {until}",
            "keep {n} instances running until {until}",
            count,
            until=until,
        )
    return plural(
        "keep {n} instance stopped until {until}",
        "keep {n} instances stopped until {until}",
        count,
        until=until,
    )


def _at(until: datetime, last: Sequence[Step]) -> list[Words]:
    """What happens at the moment."""
    stops = sum(one.action == STOP.name for one in last)
    starts = sum(one.action == START.name for one in last)
    counted = ((_stopped, stops), (_started, starts), (_stays, len(last) - stops - starts))
    return [said(count, until) for said, count in counted if count]


def _stopped(count: int, until: datetime) -> Words:
    return plural(
        "at {until} {n} is stopped, since its office hours have ended by then",
        "at {until} {n} are stopped, since their office hours have ended by then",
        count,
        until=until,
    )


def _started(count: int, until: datetime) -> Words:
    return plural(
        "at {until} {n} is started, since its office hours have begun by then",
        "at {until} {n} are started, since their office hours have begun by then",
        count,
        until=until,
    )


def _stays(count: int, until: datetime) -> Words:
    return plural(
        "at {until} {n} stays as it is: its office hours want it so, or it has none",
        "at {until} {n} stay as they are: their office hours want it so, or they have none",
        count,
        until=until,
    )


VERB = Verb(
    noun="ec2",
    name="keep",
    help=words("Keep instances running or stopped until a moment; then their office hours hold again."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", *_losses.IAM),
    plan=plan,
    examples=(
        "/ec2 keep running i-0123456789abcdef0 --until 22:00",
        "/ec2 keep stopped tag:env=dev --until 2026-11-24T09:00",
    ),
    actions=(START, STOP, LET_GO),
)
