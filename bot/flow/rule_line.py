"""What a rule wants asked: its lines, with what an event names, and the one that is asked when it begins."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from bot.arguments import UsageError
from bot.bell import Topic
from bot.flow.path import Path
from bot.flow.receive import Accepted, Declined, receive
from bot.flow.telling import call, show
from bot.grammar.little_words import is_little
from bot.grammar.typography import DASHES, plain
from bot.operation import Asker, Door
from bot.plan import Offer
from bot.store import events, operations, rule_asks, troubles
from bot.trouble import Phase, Reading, Seen, State, Trouble, Unasked
from bot.words import Words, plural, words

_VALUE = re.compile(r"[\w.:/@+=-]{1,256}")
_PLACE = re.compile(r"\{(\w+)\}")
_SELECTORS = ("tag:", "name:")
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Unfilled(Exception):
    """A line names what its event does not."""

    name: str


def filled(line: str, names: Mapping[str, str]) -> str:
    """A rule's line with what its event names.  Raises Unfilled; what is no plain word counts as none.

    What comes from outside never becomes anything but one word of a line, and none that means more than
    itself.
    """

    def value(found: re.Match[str]) -> str:
        said = names.get(found[1], "")
        if not _VALUE.fullmatch(said) or _means_more(said):
            raise Unfilled(found[1])
        return said

    return _PLACE.sub(value, line)


def places(line: str) -> tuple[str, ...]:
    """What a line names in braces, each once."""
    return tuple(dict.fromkeys(_PLACE.findall(line)))


def _means_more(word: str) -> bool:
    """Whether the grammar reads it as an option, a selector, or a word of its own."""
    said = plain(word)
    return word[0] in DASHES or said == "all" or is_little(said) or said.startswith(_SELECTORS)


def offering(seen: Seen) -> Reading:
    """The reading with the rule's buttons first; one that names what its event does not is left out."""
    lines = []
    for line in seen.rule.buttons:
        try:
            lines.append(filled(line, seen.reading.names))
        except Unfilled:
            continue
    ours = tuple(Offer(words("{line}", line=f"/{line}"), line) for line in dict.fromkeys(lines))
    rest = tuple(offer for offer in seen.reading.offers if offer.line not in lines)
    return replace(seen.reading, offers=ours + rest)


def ask(path: Path, seen: Seen) -> None:
    """Ask the rule's line if this event began a trouble, or ended it: now, or when it was delivered before.

    It is asked once.  What is to be asked at the begin is not when all was over before anybody could: then
    the thread says so.  What is more than the rule may ask in an hour is a button of the trouble's message.
    """
    key = rule_asks.key(seen.rule.name, seen.event.key)
    trouble, known = path.db.read(lambda tx: _stands(tx, seen, key))
    if trouble is None or (trouble.unasked and known is None):
        return
    too_late = seen.rule.when == "begin" and trouble.state is State.OVER
    over = words("it was over before") if too_late else None
    held = None if known or over else _held(path, seen)
    if held is not None:
        path.db.write(lambda tx: _hold(path, tx, trouble, held))
        path.ring(Topic.MAIL)
        return
    made = known or over or _asked(path, seen, key)
    if isinstance(made, int):
        path.db.write(lambda tx: troubles.change(tx, trouble.number, operation=made))
        return
    said = words("“{line}” was not asked: {why}", line=seen.rule.do, why=made)
    path.db.write(lambda tx: call(path, tx, trouble, f"do:{trouble.times}", said))
    path.ring(Topic.MAIL)


def _held(path: Path, seen: Seen) -> Unasked | None:
    """The line, if its rule has asked as often within the hour as it may."""
    rule, since = seen.rule, path.now() - AN_HOUR
    asked = path.db.read(lambda tx: rule_asks.count(tx, rule.name, since))
    if asked < rule.at_most:
        return None
    try:
        line = filled(rule.do, seen.reading.names)
    except Unfilled:
        return None  # which is said when it is asked
    why = plural(
        "the rule {rule} has asked {n} time within an hour, which is all it may (at_most)",
        "the rule {rule} has asked {n} times within an hour, which is all it may (at_most)",
        asked,
        rule=rule.name,
    )
    return Unasked(line, why)


def _hold(path: Path, tx: Connection, trouble: Trouble, what: Unasked) -> None:
    """It is said where the trouble is told of; in a storm's thread once an hour, for all of them."""
    troubles.unasked(tx, trouble.number, what)
    show(path, tx, trouble)
    first = troubles.first_of(tx, trouble.storm) if trouble.storm else None
    if first is None:
        return
    said = words(
        "Lines of the rule {rule} are not asked for the moment: {why}. Each alarm has its own as a button, in"
        " “/alarm show”.",
        rule=trouble.rule,
        why=what.why,
    )
    call(path, tx, first, f"held {trouble.rule} {path.now():%Y%m%d%H}", said)


def _stands(tx: Connection, seen: Seen, key: str) -> tuple[Trouble | None, int | None]:
    """The trouble that this event began, or ended, and the operation that was asked for then."""
    found = _begun(tx, seen) if seen.rule.when == "begin" else _ended(tx, seen)
    return (found, operations.asked(tx, key)) if found else (None, None)


def _begun(tx: Connection, seen: Seen) -> Trouble | None:
    number = troubles.begun_by(tx, seen.rule.name, seen.event.key)
    return None if number is None else troubles.get(tx, number)


def _ended(tx: Connection, seen: Seen) -> Trouble | None:
    """An end that came too late has ended nothing, and neither has one of what is over already."""
    if seen.reading.phase is not Phase.ENDS or (number := events.trouble_of(tx, seen.event.key)) is None:
        return None
    found = troubles.get(tx, number)
    return found if found and found.ended == seen.event.at else None


def _asked(path: Path, seen: Seen, key: str) -> int | Words:
    """The operation that the line is, with the rights of the rule's owner; or why there is none."""
    rule = seen.rule
    asker = Asker(rule.owner, channel=rule.channel, language=path.language_in(rule.channel))
    try:
        received = receive(path, key, Door.EVENT, asker, filled(rule.do, seen.reading.names))
    except UsageError as error:
        return error.said
    except Unfilled as lacks:
        return words("the event names no {name}", name=lacks.name)
    match received:
        case Accepted(number=number):
            return number
        case Declined(why=why):
            return why
        case _:
            return words("it asks for nothing")
