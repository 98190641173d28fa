"""Give Elastic IP addresses back that belong to nothing."""

from dataclasses import dataclass

from aws.address import Address
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.address import _addresses
from commands.changes import release_address
from commands.changes.release_address import RELEASE
from commands.generations.overrides import is_excluded
from commands.generations.tags import EXCLUDE
from commands.prices import book, said, thing
from commands.prices.estimate import price
from commands.reading import accounts_arg, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /address release is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which addresses"), option=False, required=True, prefixes=("eipalloc-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step for each address that belongs to nothing; the others are left, with what has them."""
    found = _addresses.find(world, args.targets, args.account, args.region)
    why = {(place, one.id): _why_left(one) for place, one in found}
    warned = (
        words("cannot be undone: whoever asks AWS next may get it"),
        words("name servers and allow-lists that name it lead elsewhere then"),
    )
    steps = tuple(
        release_address.step(place, one, warnings=warned)
        for place, one in found
        if why[place, one.id] is None
    )
    left = tuple(
        Left(release_address.resource(place, one), reason)
        for place, one in found
        if (reason := why[place, one.id])
    )
    summary = plural(
        "release {count} of {n} address", "release {count} of {n} addresses", len(found), count=len(steps)
    )
    rates = book.known(world)
    amounts = [price(thing.address(), step.target.region, rates) for step in steps]
    notes = (words("they cost {amount}", amount=said.sum_of(amounts)),) if amounts else ()
    return Plan(summary, steps, left, found.unread, notes)


def _why_left(one: Address) -> Words | None:
    if one.is_used:
        user = _addresses.user_of(one)
        return words("it belongs to {what}", what=user) if user else words("it belongs to something")
    if one.manager:
        return words("{service} manages it", service=one.manager)
    if is_excluded(one.tags):
        return words("its tag {key} keeps it out", key=EXCLUDE)
    return None


VERB = Verb(
    noun="address",
    name="release",
    help=words("Give Elastic IP addresses back that belong to nothing."),
    args=Args,
    risk=Risk.DESTROY,
    iam=_addresses.READS,
    plan=plan,
    examples=("/address release tag:toban:test", "/address release eipalloc-0123456789abcdef0"),
    actions=(RELEASE,),
)
