"""List Auto Scaling groups with their size, and what of them is suspended."""

from dataclasses import dataclass

from aws.account import Place
from aws.autoscaling_group import Group
from aws.autoscaling_process import PROCESSES
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands.asg import _groups
from commands.reading import NO_TARGETS, accounts_arg, regions_arg, table


@dataclass(frozen=True, slots=True)
class Args:
    """What /asg list is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which groups, by name or tag"), default=NO_TARGETS, option=False
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each group; nothing changes."""
    found = _groups.find(world, args.targets, args.account, args.region)
    heads = (
        words("Group"),
        words("In service"),
        words("Desired"),
        words("Least"),
        words("Most"),
        words("Suspended"),
        words("Zones"),
        words("Account"),
    )
    rows = [_row(place, one) for place, one in sorted(found, key=lambda pair: (pair[0], pair[1].name))]
    short = sum(one.serving < one.desired for _, one in found)
    summary = plural(
        "{n} group, {short} of them with fewer in service than desired",
        "{n} groups, {short} of them with fewer in service than desired",
        len(rows),
        short=short,
    )
    return Plan(summary, unread=found.unread, table=table(heads, rows))


def _row(place: Place, one: Group) -> tuple[str, ...]:
    suspended = "*" if set(one.suspended) >= set(PROCESSES) else " ".join(one.suspended)
    sizes = (str(one.serving), str(one.desired), str(one.smallest), str(one.largest))
    return one.name, *sizes, suspended, " ".join(one.zones), place.account


VERB = Verb(
    noun="asg",
    name="list",
    help=words("List Auto Scaling groups with their size, and what of them is suspended."),
    args=Args,
    risk=Risk.NONE,
    iam=_groups.READS,
    plan=plan,
    examples=("/asg list", "/asg list tag:env=dev", "/asg list web"),
)
