"""Run an instance of an image, like the one it was made of."""

from dataclasses import dataclass, replace

from aws import image, instance
from aws.account import Place
from aws.image import Image
from aws.instance import Instance, Launch
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.changes import run_instance
from commands.changes.run_instance import RUN
from commands.generations import first_reads, launched
from commands.generations.launched import LAUNCHED
from commands.generations.tags import INSTANCE
from commands.reading import accounts_arg, all_named, everywhere, places, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /ami restore is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("the ids of the images"), option=False, required=True, prefixes=("ami-",)
    )
    like: str = arg(
        Kind.WORD, words("like this instance, instead of the one the image was made of"), default=""
    )
    type: str = arg(Kind.WORD, words("another instance type, such as m7i.large"), default="")
    subnet: str = arg(Kind.WORD, words("another subnet"), default="")
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One new instance for each image; nothing that is there changes."""
    if args.targets != Targets(ids=args.targets.ids):
        raise UsageError(words("Name the images by their ids; `/ami list` shows them."))
    meant = places(world, args.account, args.region)
    found = everywhere(meant, lambda place: image.find(world.aws.ec2(place), ids=args.targets.ids))
    all_named(args.targets, (one.id for _, one in found), found.unread)
    steps = tuple(_step(args, world, place, one) for place, one in found if one.state == "available")
    left = tuple(
        Left(_resource(place, one, None), words("it is {state}", state=one.state))
        for place, one in found
        if one.state != "available"
    )
    summary = plural("run {n} instance of an image", "run {n} instances of images", len(steps))
    return Plan(summary, steps, left, found.unread, notes=_notes(steps))


def _notes(steps: tuple[Step, ...]) -> tuple[Words, ...]:
    if not steps:
        return ()
    return (
        words(
            "Without slow first reads: `/snapshot restore … --fast` makes volumes by Fast Snapshot Restore."
        ),
    )


def _resource(place: Place, one: Image, like: Instance | None) -> Resource:
    """The image, with the tags that the new instance gets: its model's, so that policy sees them."""
    tags = like.tags if like else one.tags
    return Resource(place.account, place.region, "image", one.id, one.name, tuple(tags.items()))


def _step(args: Args, world: World, place: Place, one: Image) -> Step:
    like = _like(args, world, place, one)
    launch = _launch(args, one, like)
    warnings = [first_reads.warning(one.size_gib)] if one.size_gib else []
    warnings.append(
        words("it carries the same tags, so whatever acts by tags, such as a schedule, acts on it too")
    )
    return run_instance.step(_resource(place, one, like), launch, warnings=tuple(warnings))


def _like(args: Args, world: World, place: Place, one: Image) -> Instance | None:
    """The model: the one named, else the one the image was made of, if EC2 still shows it."""
    name = args.like or one.tags.get(INSTANCE, "")
    found = list(instance.find(world.aws.ec2(place), ids=[name])) if name else []
    if args.like and not found:
        raise UsageError(
            words("There is no instance {id} in {region}, where {image} is.", id=name, region=place.region,
                  image=one.id)
        )  # fmt: skip
    alive = [each for each in found if each.state != "terminated"]
    return alive[0] if alive else None


def _launch(args: Args, one: Image, like: Instance | None) -> Launch:
    """As what it is run: like its model, as far as the line says nothing else."""
    model = launched.of(like) if like else launched.read(one.tags.get(LAUNCHED, ""))
    chosen = replace(model, type=args.type or model.type, subnet_id=args.subnet or model.subnet_id)
    if not chosen.type:
        raise UsageError(
            words(
                "Nobody knows as what {image} ran: name a model by --like, or a type by --type.", image=one.id
            )
        )
    return chosen


VERB = Verb(
    noun="ami",
    name="restore",
    help=words("Run an instance of an image, like the one it was made of, up to passed status checks."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeImages", "ec2:DescribeInstances"),
    plan=plan,
    examples=(
        "/ami restore ami-0123456789abcdef0 --like i-0123456789abcdef0",
        "/ami restore ami-0123456789abcdef0",
    ),
    actions=(RUN,),
)
