"""What a failure test costs: what is launched beside what there is, and what its probes ask of CloudWatch.

AWS charges nothing for the changes themselves: network ACLs, groups' settings, zonal shifts, failovers,
bucket policies and SSM's RunCommand are free, and the timers of EventBridge Scheduler are below what it gives
away (14 million calls a month, "Amazon EventBridge pricing").
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from aws.instance import Instance
from bot.command import World
from bot.drill import Spec
from bot.probe import Kind
from bot.words import Words, plural, words
from commands.prices import book, of
from commands.prices.estimate import price, together
from commands.prices.rate import HOURS

A_QUESTION = Decimal("0.00001")
"""US dollars for a metric that is asked for once ("Amazon CloudWatch pricing": $0.01 for 1,000)."""


def notes(world: World, spec: Spec, launched: Sequence[Instance]) -> Iterator[Words]:
    """In a sentence each; the prices cost no call."""
    yield words("it costs nothing by itself: AWS charges nothing for these changes")
    if launched:
        yield _beside(world, spec, launched)
    if questions := _questions(spec):
        yield words(
            "its probes ask CloudWatch about {n} times, which costs {amount}",
            n=questions,
            amount=f"${questions * A_QUESTION:.2f}",
        )


def _beside(world: World, spec: Spec, launched: Sequence[Instance]) -> Words:
    """A group may launch as many others, and both run until the first are found gone."""
    rates = book.known(world)
    amount, unknown = together(price(of.running(one), spec.region, rates) for one in launched)
    if unknown:
        return plural(
            "its groups may launch {n} instance in another's stead; what that costs is not known",
            "its groups may launch {n} instances in others' stead; what these cost is not known",
            len(launched),
        )
    return plural(
        "its groups may launch {n} instance in another's stead: {amount} an hour, for as long as both run",
        "its groups may launch {n} instances in others' stead: {amount} an hour, for as long as both run",
        len(launched),
        amount=f"${amount / HOURS:.3f}",
    )


def _questions(spec: Spec) -> int:
    whole = spec.before + spec.lasts + spec.after
    return sum(whole // one.every for one in spec.probes if one.kind is Kind.METRIC)
