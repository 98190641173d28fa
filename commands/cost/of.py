"""What instances, volumes, and what a tag or a schedule names cost a month, and what office hours save."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan, Table
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.cost import _of_found, _of_schedule
from commands.cost._of_found import Asked
from commands.cost._of_kept import Kept, Machine, kept
from commands.power.share import percent
from commands.prices import book, said
from commands.prices.estimate import dollars
from commands.reading import NO_TARGETS, Found, accounts_arg, regions_arg

SCHEDULE = "schedule:"


@dataclass(frozen=True, slots=True)
class Args:
    """What /cost of is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("instances, volumes, tags, or schedule:NAME"),
        option=False,
        required=True,
        prefixes=("i-", "vol-", SCHEDULE),
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each thing that is meant, the dearest first; nothing changes."""
    names = [one.removeprefix(SCHEDULE) for one in args.targets.ids if one.startswith(SCHEDULE)]
    rest = replace(args.targets, ids=tuple(one for one in args.targets.ids if not one.startswith(SCHEDULE)))
    if names and (len(names) > 1 or rest != NO_TARGETS):
        raise UsageError(words("Name one schedule by itself, or other things."))
    if names:
        return _of_a_schedule(world, names[0])
    asked = Asked(rest, args.account, args.region)
    found, every, notes = _priced(world, asked)
    return _answer(found, every, (*notes, *_saved(every), *asked.notes))


def _of_a_schedule(world: World, name: str) -> Plan:
    one = _of_schedule.find(world, name)
    verb, args = world.rules.read(one.line)
    asked = _of_schedule.asked(verb, args)
    if asked is None:
        return Plan(_of_schedule.silent(one))
    found, every, notes = _priced(world, asked)
    return _answer(found, every, (*_of_schedule.told(verb, args, one, every), *notes, *asked.notes))


def _priced(world: World, asked: Asked) -> tuple[Found[Machine], list[Kept], tuple[Words, ...]]:
    """What is meant as it is kept, the dearest first; the Price List is asked for what it is made of."""
    found = _of_found.machines(world, asked)
    things = [(one.running + one.always, place.region) for place, one in found]
    notes = book.ask(world, things)
    rates = book.known(world)
    every = [kept(one, world.hours, rates, world.now) for _, one in found]
    return found, sorted(every, key=_dearest), notes


def _dearest(one: Kept) -> tuple[bool, Decimal, str]:
    return one.amount.amount is None, -(one.amount.amount or Decimal(0)), one.machine.id


def _answer(found: Found[Machine], every: Sequence[Kept], notes: tuple[Words, ...]) -> Plan:
    amounts = [one.amount for one in every]
    basis = said.basis(amounts)
    summary = plural(
        "{n} thing as it is kept costs {amount}",
        "{n} things as they are kept cost {amount}",
        len(every),
        amount=said.sum_of(amounts),
    )
    about = (words("without traffic, discounts and taxes"),)
    return Plan(
        summary,
        unread=found.unread,
        notes=(*notes, *((basis,) if basis else ()), *about),
        table=_table(every),
    )


def _saved(every: Sequence[Kept]) -> Iterable[Words]:
    """What office hours save of all of it."""
    saved = [one.saved for one in every if one.saved is not None]
    if saved:
        yield plural(
            "office hours save about {amount} a month on {n} of them",
            "office hours save about {amount} a month on {n} of them",
            len(saved),
            amount=dollars(sum(saved, Decimal(0))),
        )


def _table(every: Sequence[Kept]) -> Table:
    heads = (
        words("Resource"),
        words("Name"),
        words("What"),
        words("State"),
        words("Office hours"),
        words("Account"),
        words("A month"),
        words("Hours save"),
    )
    return Table(heads, tuple(map(_row, every)))


def _row(one: Kept) -> tuple[str, ...]:
    machine = one.machine
    hours = f"{one.calendar} {percent(one.part)}" if one.calendar else ""
    saved = "" if one.saved is None else dollars(one.saved)
    known = machine.id, machine.name, machine.what, machine.state, hours, machine.place.account
    return *known, said.cell(one.amount), saved


VERB = Verb(
    noun="cost",
    name="of",
    help=words("What instances, volumes, tags or a schedule cost a month by the list, and what hours save."),
    args=Args,
    risk=Risk.NONE,
    iam=tuple(sorted({*_of_found.IAM, *book.IAM})),
    plan=plan,
    examples=("/cost of tag:env=dev", "/cost of i-0123456789abcdef0", "/cost of schedule:dev-off"),
)
