"""Make what a failover to another region begins with: a canary, an alarm on its latency, the config's rule.

What is there already is left as it is.  toban makes no role and no bucket: the canary runs as the one that is
named, and leaves what it saw in the other ("Required roles and permissions for canaries", CloudWatch user
guide).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from aws import alarm as cloudwatch
from aws import band, canary
from aws.account import Place
from aws.band import BandAlarm
from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import File, Left, Plan, Step
from bot.words import Words, words
from commands.changes import make_canary, put_band
from commands.failover import _rule
from commands.reading import accounts_arg, places, regions_arg

PERIODS = 3
LONGEST_NAME = 40  # characters that toban gives a canary's name


@dataclass(frozen=True, slots=True)
class Args:
    """What /failover prepare region is told."""

    url: str = arg(
        Kind.WORD, words("what users open, such as https://shop.example.com/"), option=False, required=True
    )
    to: str = arg(Kind.WORD, words("the region that the traffic shall go to"), required=True)
    topic: str = arg(Kind.WORD, words("the ARN of the SNS topic that hears of the alarm"), default="")
    role: str = arg(Kind.WORD, words("the ARN of the role that the canary runs as"), default="")
    artifacts: str = arg(Kind.WORD, words("s3://bucket/prefix for what the canary saw"), default="")
    runtime: str = arg(Kind.WORD, words("Synthetics' runtime"), default=canary.RUNTIME)
    every: timedelta = arg(
        Kind.DURATION,
        words("between two runs of the canary, and a period of the alarm"),
        default=timedelta(minutes=5),
        at_least=60,
        at_most=3600,
    )
    metric: str = arg(
        Kind.WORD, words("namespace/name of a metric that is there, instead of a canary's"), default=""
    )
    dimension: tuple[str, ...] = arg(
        Kind.WORD, words("of that metric, such as LoadBalancer=app/web/1"), default=(), many=True
    )
    statistic: str = arg(Kind.WORD, words("Average, p90 …"), default="p90")
    band: int = arg(
        Kind.NUMBER,
        words("how wide what is usual may be, in standard deviations"),
        default=3,
        at_least=1,
        at_most=10,
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """A step for what is not there, and the rule as a file.  Raises UsageError."""
    place, host = _place(args, world), urlsplit(args.url).hostname or ""
    if not host or urlsplit(args.url).scheme not in {"http", "https"}:
        raise UsageError(
            words("“{url}” is no address such as https://shop.example.com/.", url=args.url[:100])
        )
    wanted = _alarm(args, host)
    there = band.find(cloudwatch.client(world.aws, place), wanted.name)
    alarm_step = put_band.step(place, wanted, there)
    made = list(_canary(args, world, place, host))
    steps = tuple(one for one in made if isinstance(one, Step))
    left = tuple(one for one in made if isinstance(one, Left))
    if alarm_step.before == alarm_step.after:
        left = (*left, Left(alarm_step.target, words("it is so already")))
    else:
        steps = (*steps, alarm_step)
    text = _rule.rule(name=host, alarm=wanted.name, to=args.to, channel=world.channel, owner=world.asker)
    summary = words("prepare {name} for a failover to {to}", name=host, to=args.to)
    notes = tuple(_notes(args, made))
    return Plan(summary, steps, left, notes=notes, file=File(f"{host}-failover.toml", text))


def _place(args: Args, world: World) -> Place:
    meant = places(world, args.account, args.region)
    if len(meant) > 1:
        known = ", ".join(f"{one.account}/{one.region}" for one in meant[:10])
        raise UsageError(words("Say with --account and --region where from: {known}.", known=known))
    return meant[0]


def _name(host: str) -> str:
    """A canary's name: small letters, digits, hyphens."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in host.casefold())
    return f"toban-{plain}"[:LONGEST_NAME].rstrip("-")


def _alarm(args: Args, host: str) -> BandAlarm:
    namespace, metric, sides = canary.NAMESPACE, canary.METRIC, ((canary.DIMENSION, _name(host)),)
    if args.metric:
        namespace, slash, metric = args.metric.rpartition("/")
        sides = tuple(sorted(_sides(args.dimension)))  # type: ignore[assignment]  # of any length
        if not slash or not namespace or not metric:
            raise UsageError(words("“{metric}” is no namespace/name of a metric.", metric=args.metric[:100]))
    return BandAlarm(
        name=f"toban/{host}/latency",
        namespace=namespace,
        metric=metric,
        statistic=args.statistic,
        period=int(args.every.total_seconds()) // 60 * 60,
        periods=PERIODS,
        width=float(args.band),
        dimensions=sides,
        topics=(args.topic,) if args.topic else (),
        description=f"{host} answers more slowly than is usual at this hour",
    )


def _sides(dimensions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for written in dimensions:
        name, sign, value = written.partition("=")
        if not sign or not name or not value:
            raise UsageError(words("“{dimension}” is no Name=Value.", dimension=written[:100]))
        yield name, value


def _canary(args: Args, world: World, place: Place, host: str) -> Iterator[Step | Left]:
    """What of the canary is not there; nothing where another metric does its job."""
    if args.metric:
        return
    name = _name(host)
    there = canary.find(canary.client(world.aws, place), name)
    if there is None and not (args.role and args.artifacts):
        raise UsageError(
            words(
                "A canary needs --role and --artifacts, which toban does not make; or say with --metric which"
                " metric tells how slow {name} is.",
                name=host,
            )
        )
    minutes = int(args.every.total_seconds()) // 60
    wanted = canary.Wanted(name, args.url, minutes, args.role, args.artifacts, args.runtime)
    make = make_canary.making(place, wanted)
    start = make_canary.starting(place, name, needs=(make.key,) if there is None else ())
    if there is None:
        yield make
    if there is not None and there.runs:
        yield Left(start.target, words("it runs already"))
    else:
        yield start


def _notes(args: Args, made: list[Step | Left]) -> Iterator[Words]:
    if any(isinstance(one, Step) and one.action == make_canary.MAKE_NAME for one in made):
        runs = round(30 * 24 * 3600 / args.every.total_seconds())
        yield words(
            "each run of a canary costs about $0.0012 (Amazon CloudWatch pricing): {count} runs in 30 days",
            count=runs,
        )
    yield words(
        "CloudWatch learns what is usual from up to two weeks; until then the band is wide or missing"
    )
    yield words("the rule for the config is in the file; the hosted zone needs the tag toban:chaos=allowed")


VERB = Verb(
    noun="failover",
    name="prepare-region",
    help=words("Make the canary, the alarm and the rule that a failover to another region begins with."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("cloudwatch:DescribeAlarms", "synthetics:DescribeCanaries"),
    plan=plan,
    examples=(
        "/failover prepare region https://shop.example.com/ --to us-east-1 --role ROLE --artifacts s3://canaries",
        "/failover prepare region https://shop.example.com/ --to us-east-1 --metric Shop/Latency",
    ),
    actions=(make_canary.MAKE, make_canary.START, put_band.PUT_BAND),
)
