"""What a plan says of money, by the prices at hand: it costs no call."""

from collections.abc import Iterable

from aws.account import Place
from aws.instance import Instance
from bot.command import World
from bot.words import Words, plural, words
from commands.prices import book, of, said, thing
from commands.prices.estimate import Estimate, dollars, price, together
from commands.prices.rate import HOURS
from commands.prices.thing import ZERO

Pairs = Iterable[tuple[Place, Instance]]


def of_running(world: World, there: Pairs) -> tuple[Words, ...]:
    """What these cost while they run, by the hour and by the month; nothing where no price is known."""
    amounts = _running(world, there)
    amount, unknown = together(amounts)
    if unknown == len(amounts):
        return ()
    both = {"hour": dollars(amount / HOURS), "month": dollars(amount)}
    return (words("while they run: about {hour} an hour, {month} a month", **both), *_unknown(unknown))


def of_stopped(world: World, there: Pairs) -> tuple[Words, ...]:
    """What is saved while these are stopped."""
    amounts = _running(world, there)
    amount, unknown = together(amounts)
    if unknown == len(amounts):
        return ()
    both = {"hour": dollars(amount / HOURS), "month": dollars(amount)}
    saved = words(
        "stopped they save about {hour} an hour, {month} a month; their disks cost as before", **both
    )
    return (saved, *_unknown(unknown))


def of_resizing(world: World, there: Pairs, type_: str) -> tuple[Words, ...]:
    """What these cost while they run, of the type that they have and of the other one."""
    pairs, rates = list(there), book.known(world)
    after = [price(thing.instance(type_), place.region, rates) for place, _ in pairs]
    both = [
        (old.amount, new.amount)
        for old, new in zip(_running(world, pairs), after, strict=True)
        if old.amount is not None and new.amount is not None
    ]
    if not both:
        return ()
    old_sum, new_sum = (sum(side, ZERO) for side in zip(*both, strict=True))
    change = words("while they run: {change}", change=said.change(old_sum, new_sum))
    return (change, *_unknown(len(pairs) - len(both)))


def of_snapshots(world: World, sizes: Iterable[tuple[Place, int]]) -> tuple[Words, ...]:
    """What snapshots of volumes of so many GiB cost at most; less where blocks are shared."""
    pairs, rates = list(sizes), book.known(world)
    amounts = [price(thing.snapshot(gib), place.region, rates) for place, gib in pairs]
    amount, unknown = together(amounts)
    if unknown == len(amounts):
        return ()
    most = words(
        "{gib} GiB of snapshots cost at most {amount} a month; less where blocks have not changed",
        amount=dollars(amount),
        gib=sum(gib for _, gib in pairs),
    )
    return (most, *_unknown(unknown))


def _running(world: World, there: Pairs) -> list[Estimate]:
    rates = book.known(world)
    return [price(of.running(one), place.region, rates) for place, one in there]


def _unknown(n: int) -> tuple[Words, ...]:
    return (plural("of {n} no price is known", "of {n} no prices are known", n),) if n else ()
