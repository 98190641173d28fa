"""Give gp2 volumes the type gp3: they cost less, and their performance never falls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aws import volume_modification
from aws.account import Place
from aws.volume import Volume
from aws.volume_modification import BETWEEN, UNDER_WAY, Modification
from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan
from bot.words import Words, plural, words
from commands.changes import convert_volume
from commands.changes.convert_volume import CONVERT, FROM, TO
from commands.changes.remove_volume import resource
from commands.prices import book, of, said
from commands.prices.estimate import Estimate, price
from commands.prices.gp2 import as_gp3, thing_as_gp3
from commands.reading import Found, everywhere
from commands.volume import _volumes


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(_volumes.Args):
    """What /volume convert is told."""

    to: str = arg(Kind.CHOICE, words("the type they are to have"), required=True, choices=(TO,))


def plan(args: Args, world: World) -> Plan:
    """One step for each gp2 volume, with what it costs before and after; the others are left."""
    found = _volumes.find(world, args.targets, args.account, args.region)
    meant = [(place, one) for place, one in found if one.type == FROM]
    modified = _modifications(world, meant)
    read = {place for place, _ in modified}
    known = {(place, one.volume_id): one for place, many in modified for one in many.values()}
    why = {
        (place, one.id): _why_left(one, known.get((place, one.id)), world.now)
        for place, one in found
        if place in read or one.type != FROM
    }
    going = [(place, one) for place, one in meant if why.get((place, one.id), "unread") is None]
    left = tuple(
        Left(resource(place, one), reason) for place, one in found if (reason := why.get((place, one.id)))
    )
    amounts = [_amounts(world, place, one) for place, one in going]
    steps = tuple(
        convert_volume.step(place, one, warnings=tuple(_warnings(one, *both)))
        for (place, one), both in zip(going, amounts, strict=True)
    )
    unread = tuple(dict.fromkeys(found.unread + modified.unread))
    return Plan(_summary(len(found), len(steps)), steps, left, unread, _notes(amounts))


def _modifications(world: World, meant: Sequence[tuple[Place, Volume]]) -> Found[dict[str, Modification]]:
    """What was modified lately of what is meant, by place; EC2 refuses the next one for six hours."""

    def read(place: Place) -> list[dict[str, Modification]]:
        ids = [one.id for there, one in meant if there == place]
        return [volume_modification.find(world.aws.ec2(place), ids)]

    return everywhere(dict.fromkeys(place for place, _ in meant), read)


def _why_left(one: Volume, last: Modification | None, now: datetime) -> Words | None:
    if one.type == TO:
        return words("its type is {type} already", type=TO)
    if one.type != FROM:
        return words("its type is {type}: only {from_} is converted", type=one.type, from_=FROM)
    if one.state not in ("available", "in-use"):
        return words("it is {state}", state=one.state)
    if last is not None and last.state in UNDER_WAY:
        return words("it is being modified: {progress} %", progress=last.progress)
    if last is not None and last.started is not None and now - last.started < BETWEEN:
        return words("it was modified; EC2 modifies it again from {when} on", when=last.started + BETWEEN)
    return None


def _amounts(world: World, place: Place, one: Volume) -> tuple[Estimate, Estimate]:
    rates = book.known(world)
    before = price(of.volume(one), place.region, rates)
    return before, price(thing_as_gp3(one.size_gib), place.region, rates)


def _warnings(one: Volume, before: Estimate, after: Estimate) -> list[Words]:
    needed = as_gp3(one.size_gib)
    given = {"iops": f"{needed.iops:,}", "throughput": str(needed.throughput)}
    if before.amount is None or after.amount is None:
        return [words("{iops} IOPS and {throughput} MiB/s, as gp2 gives it at its best", **given)]
    cost = said.change(before.amount, after.amount)
    more = [words("with as much throughput as gp2's it costs more")] if after.amount > before.amount else []
    return [words("{cost}, with {iops} IOPS and {throughput} MiB/s", cost=cost, **given), *more]


def _summary(found: int, count: int) -> Words:
    return plural(
        "convert {count} of {n} volume to {type}",
        "convert {count} of {n} volumes to {type}",
        found,
        count=count,
        type=TO,
    )


def _notes(amounts: Sequence[tuple[Estimate, Estimate]]) -> tuple[Words, ...]:
    if not amounts:
        return ()
    before, after = [one for one, _ in amounts], [one for _, one in amounts]
    both = words("now {before}; then {after}", before=said.sum_of(before), after=said.sum_of(after))
    basis = said.basis([*before, *after])
    return (both, basis) if basis else (both,)


VERB = Verb(
    noun="volume",
    name="convert",
    help=words("Give gp2 volumes the type gp3: they cost less, and their performance never falls."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(*_volumes.READS, "ec2:DescribeVolumesModifications"),
    plan=plan,
    examples=(
        "/volume convert tag:env=dev --to gp3",
        "/volume convert vol-0123456789abcdef0 --to gp3",
    ),
    actions=(CONVERT,),
)
