"""Have CloudWatch ring before AWS pauses sending: alarms on bounces, complaints, the quota and the status."""

from dataclasses import dataclass
from pathlib import Path

from aws import sending
from aws.account import Place
from bot.arguments import emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource, Step
from bot.words import Words, plural, words
from commands.changes import alarm_template, put_alarms
from commands.changes.topic import region_of, topic_arg
from commands.reading import accounts_arg, everywhere, regions_arg
from commands.ses import _standing
from commands.ses._standing import Standing

NAME = "ses.watch"
TEMPLATE = Path(__file__).with_name("template.toml")
PREFIX = "toban/ses"
WATCH = put_alarms.action(NAME)


@dataclass(frozen=True, slots=True)
class Args:
    """What /ses watch is told."""

    topic: str = topic_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """A step for each alarm that is not there as the template has it.  Raises UsageError."""
    region = region_of(args.topic)
    found = _standing.read(world, args.account, args.region)
    left = [
        Left(_ses(place), why) for place, one in found if (why := _why_left(place, one, region)) is not None
    ]
    meant = [place for place, one in found if _why_left(place, one, region) is None]
    read = everywhere(meant, lambda place: [_in_place(args.topic, world, place)])
    steps = tuple(step for _, planned in read for step in planned)
    left += [Left(_ses(place), words("it has its alarms already")) for place, planned in read if not planned]
    summary = plural("put {n} alarm on what SES sends", "put {n} alarms on what SES sends", len(steps))
    notes = (
        words("an alarm costs about $0.10 a month (“Amazon CloudWatch pricing”)"),
        words("those on the quota and the status need `/ses measure` once an hour: a schedule can ask it"),
    )
    unread = tuple(dict.fromkeys((*found.unread, *read.unread)))
    return Plan(summary, steps, tuple(left), unread, notes if steps else ())


def _why_left(place: Place, one: Standing, region: str) -> Words | None:
    if not one.is_used:
        return words("nothing is sent there")
    if place.region != region:
        return words("the topic is in {region}; an alarm tells topics of its own region only", region=region)
    return None


def _ses(place: Place) -> Resource:
    return Resource(place.account, place.region, "alarm", PREFIX)


def _in_place(topic: str, world: World, place: Place) -> tuple[Step, ...]:
    wanted = alarm_template.alarms(TEMPLATE, PREFIX, topic, {})
    known = put_alarms.now(world, place, [one.name for one in wanted])
    made = (put_alarms.step(NAME, place, one, known.get(one.name)) for one in wanted)
    return tuple(step for step in made if step.before != step.after)


VERB = Verb(
    noun="ses",
    name="watch",
    help=words("Have CloudWatch ring before AWS pauses sending: on bounces, complaints, quota and status."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("cloudwatch:DescribeAlarms", *sending.IAM),
    plan=plan,
    examples=("/ses watch --topic arn:aws:sns:ap-northeast-1:111111111111:on-duty",),
    actions=(WATCH,),
)
