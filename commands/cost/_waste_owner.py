"""Whose something is: by its tags, else by CloudTrail's record of who made it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from aws import trail
from aws.account import Place
from aws.errors import AwsError
from bot.command import World
from bot.refusals import said
from bot.words import Words, words
from commands.cost._waste_finding import Finding, Priced

IAM = ("cloudtrail:LookupEvents",)
KEYS = ("owner", "team", "createdby", "creator", "contact", "awscreatedby")
"""Tags that name somebody, without their capitals and marks, in the order in which they are believed."""
FEW = 5  # looked for in CloudTrail, which takes two questions a second


def by_tags(tags: Mapping[str, str]) -> str:
    """Whoever the tags name; "" when nobody."""
    plain = {_plain(key): value for key, value in tags.items() if value}
    return next((plain[key] for key in KEYS if key in plain), "")


def _plain(key: str) -> str:
    return "".join(letter for letter in key.casefold() if letter.isalnum())


def owned(world: World, found: Sequence[Priced]) -> tuple[tuple[Priced, ...], tuple[Words, ...]]:
    """The same with their owners: of the first few that no tag names, also by CloudTrail; and what failed."""
    named = [replace(one, owner=by_tags(one.finding.tags)) for one in found]
    unknown = [at for at, one in enumerate(named) if not one.owner and _may_be_found(one.finding, world.now)]
    blind: dict[Place, Words] = {}
    for at in unknown[:FEW]:
        place = named[at].finding.place
        if place in blind:
            continue
        try:
            cloudtrail = trail.client(world.aws, place)
            who = trail.maker(cloudtrail, named[at].finding.id, world.now)
        except AwsError as error:
            blind[place] = said(error, place.account)
        else:
            named[at] = replace(named[at], owner=short(who))
    notes = dict.fromkeys(words("could not look who made it: {why}", why=why) for why in blind.values())
    return tuple(named), tuple(notes)


def _may_be_found(one: Finding, now: datetime) -> bool:
    """Whether CloudTrail still knows: what is older than 90 days it has forgotten."""
    return one.made is not None and now - one.made < trail.KEEPS


def short(arn: str) -> str:
    """Whom an ARN names: a user, or a role and its session."""
    kind, _, rest = arn.rpartition(":")[2].partition("/")
    return rest if kind in ("user", "assumed-role", "role", "federated-user") else arn
