"""The first stage: an ask becomes a committed row before anybody is told that it was heard."""

import logging
from dataclasses import dataclass

from aws.redaction import holds_a_secret
from bot import logs
from bot.arguments import UsageError
from bot.bell import Topic
from bot.flow import emergency
from bot.flow.path import Path
from bot.grammar.grammar import HelpWanted, Parsed
from bot.operation import Ask, Asker, Door
from bot.store import operations
from bot.store.operations import AlreadyAsked
from bot.words import Words, words

log = logging.getLogger("toban.flow")
_READABLE = words(
    "Something in it looks like a secret, which everybody could read here and in the audit log. Please ask"
    " without it."
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The ask is on the disk."""

    number: int


@dataclass(frozen=True, slots=True)
class Declined:
    """The ask is not stored, and why."""

    why: Words


@dataclass(frozen=True, slots=True)
class Repeated:
    """This delivery was here before; nothing more happens."""


Received = Accepted | Declined | Repeated | HelpWanted


def receive(path: Path, key: str, door: Door, asker: Asker, text: str, schedule: str = "") -> Received:
    """Parse, authorize coarsely, commit.  Touches no AWS.  Raises UsageError, which quotes no secret."""
    match path.grammar.parse(text):
        case HelpWanted() as wanted:
            return wanted
        case Parsed(verb=verb, args=args, line=line):
            if holds_a_secret(line):
                raise UsageError(_READABLE)
            person, cannot_wait = path.people.person(asker.person), bool(emergency.reason(args, door))
            decision = path.policy.may_ask(person, verb.action, verb.risk, door, emergency=cannot_wait)
            if not decision.allowed:
                return Declined(decision.why)
            ask = Ask(key, door, asker, line, path.now(), schedule)
            return _commit(path, ask)


def _commit(path: Path, ask: Ask) -> Received:
    try:
        number = path.db.write(lambda tx: operations.ask(tx, ask), urgent=True)
    except AlreadyAsked:
        return Repeated()
    path.ring(Topic.WORK)
    with logs.about(operation=number, ask=ask.key):
        log.info("asked, by the door %s", ask.door, extra={"action": "flow.asked"})
    return Accepted(number)
