"""The prices at hand: what AWS's Price List said within a day, else the dated file."""

from collections.abc import Iterable
from datetime import datetime

from aws import price_list
from aws.account import Accounts
from aws.errors import AwsError
from aws.price_list import Kept, Question
from bot.command import World
from bot.refusals import said
from bot.words import Words, words
from commands.prices import listed
from commands.prices.questions import amount, question
from commands.prices.rate import Rate, Rates, monthly
from commands.prices.thing import Thing

IAM = ("pricing:GetProducts",)
Asked = tuple[Thing, str]
"""A thing in a region."""
MOST = 60  # questions for one answer; what is left over is told by the file


def known(world: World) -> Rates:
    """The rates that cost no call: asked before, or out of the file."""
    kept = price_list.kept(world.aws)
    return lambda key, region: _asked(kept, key, region, world.now) or listed.rate(key, region)


def ask(world: World, things: Iterable[Asked]) -> tuple[Words, ...]:
    """Ask AWS for what these things, each in its region, are made of, as far as today nobody has.

    Free of charge.  Returns what is to be said when it could not be asked; then the file stands in.
    """
    kept = price_list.kept(world.aws)
    new = dict.fromkeys(
        asked
        for thing, region in things
        for part in thing.parts
        if (asked := question(part.key, region)) and kept.known(asked, world.now) is None
    )
    if not new:
        return ()
    account = world.aws.places()[0].account  # the list is the same for everybody
    try:
        _read(world.aws, account, list(new)[:MOST], kept, world.now)
    except AwsError as error:
        kept.fail(world.now)
        return (_instead(said(error, account)),)
    return ()


def _read(aws: Accounts, account: str, new: Iterable[Question], kept: Kept, now: datetime) -> None:
    """Raises AwsError at the first that is not answered: the others would hardly be."""
    if kept.may_be_asked(now):
        for one in new:
            pricing = price_list.client(aws, account, one.region)
            kept.keep(one, now, tuple(price_list.find(pricing, one)))


def _asked(kept: Kept, key: str, region: str, now: datetime) -> Rate | None:
    asked = question(key, region)
    found = kept.known(asked, now) if asked else None
    if found is None:
        return None
    when, answer = found
    price = amount(key, answer)
    return None if price is None else Rate(monthly(key, price), when.date(), asked=True)


def _instead(why: Words) -> Words:
    return words(
        "AWS's Price List could not be asked, so these are list prices of {date}: {why}",
        date=f"{listed.as_of()}",
        why=why,
    )
