"""Cover instances: each gets its alarms of a template, on its status checks and its CPU."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws.account import Place
from aws.instance import Instance
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.alarm import _template
from commands.changes import put_alarms
from commands.changes.topic import region_of, topic_arg
from commands.reading import accounts_arg, everywhere, regions_arg

NAME = "alarm.cover"
GONE = ("shutting-down", "terminated")
COVER = put_alarms.action(NAME)


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm cover is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instances"), option=False, required=True, prefixes=("i-",)
    )
    topic: str = topic_arg()
    cpu: int = arg(
        Kind.NUMBER, words("the percentage that its CPU may take"), default=90, at_least=1, at_most=100
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """A step for each alarm that is not there as the template has it.  Raises UsageError."""
    region = region_of(args.topic)
    found = instances.find(world, args.targets, args.account, args.region)
    meant: dict[Place, list[Instance]] = {}
    left: list[Left] = []
    for place, one in found:
        if (why := _why_left(place, one, region)) is None:
            meant.setdefault(place, []).append(one)
        else:
            left.append(Left(instances.resource(place, one), why))
    read = everywhere(meant, lambda place: [_in_place(args, world, place, meant[place])])
    steps = tuple(step for _, (planned, _) in read for step in planned)
    left += [Left(one, words("it has its alarms already")) for _, (_, had) in read for one in had]
    summary = plural("put {n} alarm", "put {n} alarms", len(steps))
    costs = words("an alarm costs about $0.10 a month (“Amazon CloudWatch pricing”)")
    return Plan(summary, steps, tuple(left), found.unread + read.unread, (costs,) if steps else ())


def _why_left(place: Place, one: Instance, region: str) -> Words | None:
    if one.state in GONE:
        return words("it is {state}", state=one.state)
    if place.region != region:
        return words("the topic is in {region}; an alarm tells topics of its own region only", region=region)
    return None


def _in_place(
    args: Args, world: World, place: Place, there: Sequence[Instance]
) -> tuple[tuple[Step, ...], tuple[Resource, ...]]:
    """The steps of one place, and the instances that need none."""
    wanted = {one.id: _template.alarms(one.id, args.topic, {"cpu": args.cpu}) for one in there}
    known = put_alarms.now(world, place, [each.name for alarms in wanted.values() for each in alarms])
    steps: list[Step] = []
    had: list[Resource] = []
    for one in there:
        of = instances.resource(place, one)
        made = [put_alarms.step(NAME, place, each, known.get(each.name), of=of) for each in wanted[one.id]]
        new = [step for step in made if step.before != step.after]
        steps += new
        had += [] if new else [of]
    return tuple(steps), tuple(had)


VERB = Verb(
    noun="alarm",
    name="cover",
    help=words("Cover instances: each gets its alarms of a template, on its status checks and its CPU."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("cloudwatch:DescribeAlarms", "ec2:DescribeInstances"),
    plan=plan,
    examples=(
        "/alarm cover tag:env=prod --topic arn:aws:sns:ap-northeast-1:111111111111:on-duty --cpu 80",
        "/alarm cover i-0123456789abcdef0 --topic arn:aws:sns:ap-northeast-1:111111111111:on-duty",
    ),
    actions=(COVER,),
)
