"""List EBS volumes, with what they cost a month by the list."""

from dataclasses import dataclass

from aws.account import Place
from aws.volume import Volume
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.prices import book, of, said
from commands.prices.estimate import Estimate, price
from commands.reading import NO_TARGETS, accounts_arg, regions_arg, table
from commands.volume import _volumes


@dataclass(frozen=True, slots=True)
class Args:
    """What /volume list is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which volumes"), default=NO_TARGETS, option=False, prefixes=("vol-",)
    )
    unattached: bool = arg(Kind.FLAG, words("only those that are attached to nothing"), default=False)
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each volume, those that are attached to nothing first; nothing changes."""
    found = _volumes.find(world, args.targets, args.account, args.region)
    rates = book.known(world)
    every = [
        (place, one, price(of.volume(one), place.region, rates))
        for place, one in sorted(found, key=_order)
        if not args.unattached or one.state == "available"
    ]
    heads = (
        words("Volume"),
        words("Name"),
        words("State"),
        words("Type"),
        words("GiB"),
        words("Instance"),
        words("Account"),
        words("A month"),
    )
    amounts = [amount for _, _, amount in every]
    return Plan(
        _summary(len(every), sum(one.state == "available" for _, one, _ in every), amounts),
        unread=found.unread,
        notes=_notes(amounts),
        table=table(heads, [_row(*one) for one in every]),
    )


def _order(found: tuple[Place, Volume]) -> tuple[bool, Place, str, str]:
    place, one = found
    return one.state != "available", place, one.name, one.id


def _row(place: Place, one: Volume, amount: Estimate) -> tuple[str, ...]:
    known = (one.id, one.name, one.state, one.type, str(one.size_gib), one.instance_id, place.account)
    return *known, said.cell(amount)


def _summary(count: int, loose: int, amounts: list[Estimate]) -> Words:
    if not count:
        return words("no volumes")
    return plural(
        "{n} volume, {loose} of them attached to nothing: {amount}",
        "{n} volumes, {loose} of them attached to nothing: {amount}",
        count,
        loose=loose,
        amount=said.sum_of(amounts),
    )


def _notes(amounts: list[Estimate]) -> tuple[Words, ...]:
    basis = said.basis(amounts)
    return (basis,) if basis else ()


VERB = Verb(
    noun="volume",
    name="list",
    help=words("List EBS volumes, with what they cost a month by the list."),
    args=Args,
    risk=Risk.NONE,
    iam=_volumes.READS,
    plan=plan,
    examples=("/volume list tag:env=dev", "/volume list --unattached"),
)
