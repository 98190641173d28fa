"""Have CloudWatch ring when no night has gone well, so that somebody outside notices a dead bot."""

from dataclasses import dataclass, replace

from aws.account import Place
from bot.arguments import emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.words import Words, plural, words
from commands.changes import put_alarm
from commands.changes.topic import must_be_of, topic_arg
from commands.reading import accounts_arg, everywhere, places, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /backup watch is told."""

    topic: str = topic_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """An alarm in the first place that toban looks after, or in the first of each account that is named."""
    meant = _homes(args, world)
    must_be_of(args.topic, meant)

    def read(place: Place) -> list[Step]:
        made = put_alarm.step(place, args.topic, put_alarm.shows(put_alarm.now(world, place)))
        return [replace(made, warnings=_never_told(place, world))]

    found = everywhere(meant, read)
    steps = tuple(step for _, step in found if step.before != step.after)
    left = tuple(
        Left(step.target, words("it is so already")) for _, step in found if step.before == step.after
    )
    summary = plural(
        "{n} alarm that rings when no night has gone well for a day and six hours",
        "{n} alarms that ring when no night has gone well for a day and six hours",
        len(steps),
    )
    costs = words("an alarm costs about $0.10 a month, the metric about $0.30 (“Amazon CloudWatch pricing”)")
    return Plan(summary, steps, left, found.unread, (costs,) if steps else ())


def _never_told(place: Place, world: World) -> tuple[Words, ...]:
    """A night is told of in one place; elsewhere the alarm would ring for ever."""
    home = world.aws.places()[0]
    if place == home:
        return ()
    where = f"{home.account}/{home.region}"
    return (words("nights are told of in {place} only: an alarm elsewhere rings all the time", place=where),)


def _homes(args: Args, world: World) -> tuple[Place, ...]:
    """One place an account."""
    meant = places(world, args.account, args.region)
    if not args.account:
        return meant[:1]
    return tuple({place.account: place for place in reversed(meant)}.values())[::-1]


VERB = Verb(
    noun="backup",
    name="watch",
    help=words("Have CloudWatch ring when no night has gone well, also when toban itself is dead."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("cloudwatch:DescribeAlarms",),
    plan=plan,
    examples=("/backup watch --topic arn:aws:sns:ap-northeast-1:111111111111:on-duty",),
    actions=(put_alarm.PUT_ALARM,),
)
