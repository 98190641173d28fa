"""List Elastic IP addresses, and what has them."""

from dataclasses import dataclass

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import plural, words
from commands.address import _addresses
from commands.prices import book, said, thing
from commands.prices.estimate import price
from commands.reading import NO_TARGETS, accounts_arg, regions_arg, table


@dataclass(frozen=True, slots=True)
class Args:
    """What /address list is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which addresses"), default=NO_TARGETS, option=False, prefixes=("eipalloc-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each address, those that belong to nothing first; nothing changes."""
    found = _addresses.find(world, args.targets, args.account, args.region)
    ordered = sorted(found, key=lambda pair: (pair[1].is_used, pair[0], pair[1].ip))
    heads = (
        words("Address"),
        words("Allocation"),
        words("Name"),
        words("Belongs to"),
        words("Account"),
        words("Region"),
    )
    rows = [
        (one.ip, one.id, one.name, _addresses.user_of(one), place.account, place.region)
        for place, one in ordered
    ]
    rates = book.known(world)
    loose = [price(thing.address(), place.region, rates) for place, one in found if not one.is_used]
    summary = plural(
        "{n} address, {loose} of them of nothing",
        "{n} addresses, {loose} of them of nothing",
        len(rows),
        loose=len(loose),
    )
    notes = (words("those of nothing cost {amount}", amount=said.sum_of(loose)),) if loose else ()
    return Plan(summary, unread=found.unread, notes=notes, table=table(heads, rows))


VERB = Verb(
    noun="address",
    name="list",
    help=words("List Elastic IP addresses, and what has them."),
    args=Args,
    risk=Risk.NONE,
    iam=_addresses.READS,
    plan=plan,
    examples=("/address list tag:env=dev", "/address list"),
)
