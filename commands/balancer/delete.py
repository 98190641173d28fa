"""Delete load balancers that send to nobody: nothing is registered behind them."""

from collections.abc import Iterator
from dataclasses import dataclass

from aws import balancer
from aws.account import Place
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import balancers
from commands.balancers import READS, READS_WHY, Use
from commands.changes import remove_balancer
from commands.changes.remove_balancer import DELETE_BALANCER
from commands.generations.overrides import is_excluded
from commands.generations.tags import EXCLUDE
from commands.prices import book, said, thing
from commands.prices.estimate import price
from commands.reading import accounts_arg, everywhere, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /balancer delete is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which load balancers, by name or tag"), option=False, required=True
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step for each load balancer without targets; the others are left, with who needs them."""
    found = balancers.find(world, args.targets, args.account, args.region)
    decided = everywhere(
        dict.fromkeys(place for place, _ in found),
        lambda place: [_decided(world, place, one) for there, one in found if there == place],
    )
    steps = tuple(one for _, one in decided if isinstance(one, Step))
    left = tuple(one for _, one in decided if isinstance(one, Left))
    summary = plural(
        "delete {count} of {n} load balancer",
        "delete {count} of {n} load balancers",
        len(found),
        count=len(steps),
    )
    kinds = {(place, one.balancer.name): one.balancer.type for place, one in found}
    rates = book.known(world)
    amounts = [
        price(thing.balancer(kinds[step.target.place, step.target.id]), step.target.region, rates)
        for step in steps
    ]
    cost = words("without what goes through them they cost {amount}", amount=said.sum_of(amounts))
    unread = tuple(dict.fromkeys(found.unread + decided.unread))
    return Plan(summary, steps, left, unread, (cost,) if amounts else ())


def _decided(world: World, place: Place, one: Use) -> Step | Left:
    why = _why_left(world, place, one)
    if why is not None:
        return Left(balancers.resource(place, one.balancer), why)
    return remove_balancer.step(place, one.balancer, warnings=tuple(_warnings(one)))


def _why_left(world: World, place: Place, one: Use) -> Words | None:
    """Raises AwsError: who cannot see what is behind it deletes nothing."""
    if is_excluded(one.balancer.tags):
        return words("its tag {key} keeps it out", key=EXCLUDE)
    if (why := balancers.why_used(world, place, one)) is not None:
        return why
    if balancer.is_protected(world.aws.elbv2(place), one.balancer.arn):
        return words(
            "it is protected against deletion; whoever may lifts that with `aws elbv2"
            " modify-load-balancer-attributes --load-balancer-arn {arn}"
            " --attributes Key=deletion_protection.enabled,Value=false`",
            arn=one.balancer.arn,
        )
    return None


def _warnings(one: Use) -> Iterator[Words]:
    yield words("cannot be undone: another one has another name in the DNS")
    if one.groups:
        yield words(
            "its target groups stay and cost nothing: {groups}",
            groups=", ".join(group.name for group in one.groups),
        )
    if one.cluster:
        yield words("the Kubernetes cluster {cluster} made it, and may make it again", cluster=one.cluster)


VERB = Verb(
    noun="balancer",
    name="delete",
    help=words("Delete load balancers that send to nobody: nothing is registered behind them."),
    args=Args,
    risk=Risk.DESTROY,
    iam=(*READS, *READS_WHY, "elasticloadbalancing:DescribeLoadBalancerAttributes"),
    plan=plan,
    examples=("/balancer delete tag:toban:test", "/balancer delete old-web --account dev"),
    actions=(DELETE_BALANCER,),
)
