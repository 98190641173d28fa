"""Add a schedule: a line that is asked at its times, as if you had typed it.

Whoever agrees to this agrees to the schedule as it reads: so it needs what its line would need now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aws.account import Place
from bot.arguments import Kind, UsageError, arg
from bot.command import Action, Batch, Called, Replay, Risk, Ruling, Verb, World
from bot.plan import Fields, Plan, Step
from bot.schedule import Schedule, Times
from bot.words import words
from commands import here
from commands.reading import fields
from commands.schedule import _new, _today


@dataclass(frozen=True, slots=True)
class Args:
    """What /schedule add is told.  No --emergency: nobody who cannot wait adds a schedule."""

    when: Times = arg(
        Kind.TIMES,
        words("its days, its time, and its zone if it is not the team's: “weekdays 09:00 Asia/Tokyo”"),
        option=False,
        required=True,
    )
    line: str = arg(Kind.LINE, words("what is asked then, as you would type it"), option=False, required=True)
    name: str = arg(Kind.WORD, words("its name; without one, it is made of the line"), default="")
    grace: timedelta = arg(
        Kind.DURATION,
        words("how late a missed run may still begin"),
        default=timedelta(hours=1),
        at_least=60,
        at_most=7 * 24 * 3600,
    )
    most_deletions: int = arg(
        Kind.NUMBER, words("more deletions than this in one run wait for a click"), default=0, at_least=0
    )


def plan(args: Args, world: World) -> Plan:
    """One step, after planning the line as it would run now.

    Raises UsageError for a line that its asker may not let run, or that cannot be planned.
    """
    one = _schedule(args, world)
    verb, told = world.rules.read(one.line)
    _allowed(world.rules.rule(verb, (), emergency=False, by_the_clock=True))  # before anything is read
    now = verb.plan(told, world)
    ruling = _allowed(
        world.rules.rule(verb, now.steps, emergency=False, approvals=now.approvals, by_the_clock=True)
    )
    return Plan(
        words("add the schedule {name}: {when} {line}", name=one.name, when=one.when, line=args.line),
        (_step(one),),
        unread=now.unread,
        notes=(_today.told(verb, now), *_today.ahead(one, verb, now, world)),
        approvals=ruling.approvals,
    )


def _allowed(ruling: Ruling) -> Ruling:
    if not ruling.allowed:
        raise UsageError(words("Its line would be refused: {why}", why=ruling.why))
    return ruling


def _schedule(args: Args, world: World) -> Schedule:
    line, taken = args.line.removeprefix("/"), {one.name for one in world.ledger.schedules()}
    return Schedule(
        name=_new.name_of(args.name, line, taken),
        line=line,
        days=args.when.days,
        time=args.when.time,
        zone=args.when.zone or world.zone.key,
        channel=_new.channel_of(world),
        owner=world.asker,
        most_deletions=args.most_deletions,
        grace=args.grace,
    )


def _step(one: Schedule) -> Step:
    given = {name: str(getattr(one, name)) for name in _AS_IT_IS}
    given |= {"days": ",".join(one.days), "grace": f"{one.grace.total_seconds():.0f}"}
    before, after = fields(digest=""), fields(digest=one.digest)
    return here.step("schedule.add", "schedule", one.name, before, after, **given)


_AS_IT_IS = ("line", "time", "zone", "channel", "owner", "most_deletions")


def _added(step: Step) -> Schedule:
    """The schedule of a step, as it was agreed to."""
    given = dict(step.inputs)
    return Schedule(
        name=step.target.id,
        line=given["line"],
        days=tuple(given["days"].split(",")),
        time=given["time"],
        zone=given["zone"],
        channel=given["channel"],
        owner=given["owner"],
        most_deletions=int(given["most_deletions"]),
        grace=timedelta(seconds=int(given["grace"])),
    )


def look(world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """What the schedules of these names say now; "" while there is none."""
    there = {one.name: one.digest for one in world.ledger.schedules()}
    return {step.key: fields(digest=there.get(step.target.id, "")) for step in steps}


def call(world: World, batch: Batch) -> Called:
    """Add it, with those who agreed to this operation; the second time nothing changes."""
    (step,) = batch.steps
    world.ledger.add_schedule(_added(step), batch.operation)
    return Called("")


ADD = Action(  # not `here.action`: it must know its operation, to know who agreed
    name="schedule.add",
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(),
    look=look,
    call=call,
    watch=here.watch,
)

VERB = Verb(
    noun="schedule",
    name="add",
    help=words("Add a schedule: a line that is asked at its times, as if you had typed it."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=('/schedule add "weekdays 09:00 Asia/Tokyo" /ec2 start tag:env=dev',),
    actions=(ADD,),
)
