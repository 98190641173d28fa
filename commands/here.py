"""Steps that change toban itself go the same path; their place is here."""

from collections.abc import Mapping, Sequence

from aws.account import Place
from bot.command import Seen, Sent, Sight, World
from bot.plan import Resource
from bot.words import words

ACCOUNT = "toban"


def resource(kind: str, name: str) -> Resource:
    """Something of toban's own as a step's target."""
    return Resource(ACCOUNT, "", kind, name)


def watch(_world: World, _place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """What was written to toban's own database is there."""
    return {one.step.key: Seen(Sight.REACHED, words("it is so")) for one in sent}
