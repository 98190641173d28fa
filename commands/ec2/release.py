"""Release isolated instances: their network interfaces get back the security groups that they had.

toban's own record of what they had counts more than the tags on the instance, which whoever has taken it
over may be able to write.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aws import security_group
from aws.account import Place
from aws.instance import Instance
from aws.interface import Interface
from bot.arguments import emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import isolation, note_groups, set_groups
from commands.changes.isolation import ISOLATED
from commands.changes.note_groups import FORGET_GROUPS
from commands.changes.set_groups import RELEASE
from commands.ec2 import _isolated
from commands.ec2._instances import targets_arg
from commands.ec2._isolated import Seen
from commands.reading import accounts_arg, everywhere, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 release is told."""

    targets: Targets = targets_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


@dataclass(frozen=True, slots=True)
class Was:
    """Which groups an isolated interface had, as far as they are known and still there."""

    interface: Interface
    groups: tuple[str, ...]
    warnings: tuple[Words, ...] = ()


def plan(args: Args, world: World) -> Plan:
    """A step for each interface whose groups are known; then the notes on the instance go."""
    found = instances.find(world, args.targets, args.account, args.region)
    there = _isolated.by_place(list(found))
    read = everywhere(there, lambda place: list(_in_place(world, place, there[place])))
    steps = tuple(step for _, planned in read for step in planned[0])
    left = tuple(one for _, planned in read for one in planned[1])
    count = len({step.about for step in steps if step.about})
    summary = plural(
        "release {n} instance: its network interfaces get back their security groups",
        "release {n} instances: their network interfaces get back their security groups",
        count,
    )
    return Plan(summary, steps, left, found.unread + read.unread)


def _in_place(
    world: World, place: Place, there: Sequence[Instance]
) -> Iterator[tuple[tuple[Step, ...], tuple[Left, ...]]]:
    seen = list(_isolated.read(world, place, there))
    had = {each.id: _had(world, place, one.instance, each) for one in seen for each in one.isolated}
    known = sorted({group for groups, _ in had.values() for group in groups})
    alive = {one.id for one in security_group.find(world.aws.ec2(place), ids=known)} if known else set()
    for one in seen:
        was = [_was(each, *had[each.id], alive) for each in one.isolated]
        yield tuple(_steps(place, one, was)), tuple(_left(place, one, was))


def _had(
    world: World, place: Place, one: Instance, its: Interface
) -> tuple[tuple[str, ...], tuple[Words, ...]]:
    """The groups of an interface by toban's record, else by the tags of its instance."""
    before = dict(world.ledger.was(place.account, place.region, its.id, set_groups.ISOLATE_NAME))
    recorded = tuple(each for each in before.get("groups", "").split() if each != ISOLATED)
    tagged = isolation.noted(one.tags).get(its.id, ())
    if recorded and tagged and set(recorded) != set(tagged):
        said = words(
            "its tags say {tagged}, toban's record says otherwise and counts", tagged=isolation.text(tagged)
        )
        return recorded, (said,)
    return recorded or tagged, ()


def _was(its: Interface, groups: Iterable[str], warnings: tuple[Words, ...], alive: set[str]) -> Was:
    """Those that are still there; the others are said."""
    gone = sorted(set(groups) - alive)
    if gone:
        said = words("{groups} does not exist any more, and is left out", groups=isolation.text(gone))
        warnings = (*warnings, said)
    return Was(its, tuple(one for one in groups if one in alive), warnings)


def _steps(place: Place, one: Seen, was: Sequence[Was]) -> Iterator[Step]:
    made = [
        set_groups.releasing(place, one.instance, each.interface, each.groups, warnings=each.warnings)
        for each in was
        if each.groups
    ]
    yield from made
    if made and len(made) == len(was) and isolation.noted(one.instance.tags):
        yield note_groups.forgetting(place, one.instance, needs=tuple(step.key for step in made))


def _left(place: Place, one: Seen, was: Sequence[Was]) -> Iterator[Left]:
    if not was:
        yield Left(instances.resource(place, one.instance), words("it is not isolated"))
    for each in was:
        if not each.groups:
            target = set_groups.resource(place, one.instance, each.interface)
            yield Left(target, words("nobody knows any more which security groups it had"))


VERB = Verb(
    noun="ec2",
    name="release",
    help=words("Release isolated instances: they get back the security groups that they had."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", *_isolated.IAM),
    plan=plan,
    examples=("/ec2 release i-0123456789abcdef0",),
    actions=(RELEASE, FORGET_GROUPS),
)
