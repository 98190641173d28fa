"""List load balancers, and how many targets are behind them."""

from dataclasses import dataclass

from aws.account import Place
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands import balancers
from commands.balancers import Use
from commands.reading import NO_TARGETS, accounts_arg, regions_arg, table


@dataclass(frozen=True, slots=True)
class Args:
    """What /balancer list is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which load balancers, by name or tag"), default=NO_TARGETS, option=False
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each load balancer, those without targets first; nothing changes."""
    found = balancers.find(world, args.targets, args.account, args.region)
    heads = (
        words("Load balancer"),
        words("Type"),
        words("State"),
        words("Targets"),
        words("Target groups"),
        words("Account"),
        words("Region"),
    )
    ordered = sorted(found, key=lambda pair: (pair[1].registered > 0, pair[0], pair[1].balancer.name))
    summary = plural(
        "{n} load balancer, {empty} of them without targets",
        "{n} load balancers, {empty} of them without targets",
        len(found),
        empty=sum(not one.registered for _, one in found),
    )
    return Plan(summary, unread=found.unread, table=table(heads, [_row(*pair) for pair in ordered]))


def _row(place: Place, one: Use) -> tuple[str, ...]:
    groups = " ".join(group.name for group in one.groups)
    known = one.balancer.name, one.balancer.type, one.balancer.state, str(one.registered), groups
    return *known, place.account, place.region


VERB = Verb(
    noun="balancer",
    name="list",
    help=words("List load balancers, and how many targets are behind them."),
    args=Args,
    risk=Risk.NONE,
    iam=balancers.READS,
    plan=plan,
    examples=("/balancer list tag:env=dev", "/balancer list"),
)
