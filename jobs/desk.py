"""What commands may do at the third door: read an event, fill a line, answer to a trouble."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aws.account import Accounts
from bot.arguments import UsageError
from bot.event import Event
from bot.flow import answering, troubles
from bot.flow.path import Path
from bot.trouble import Reading, Rule
from bot.trouble_desk import Hands, TroubleDesk
from bot.words import words
from jobs.envelope import Home, Unreadable, event


def names(aws: Accounts) -> dict[str, str]:
    """The accounts that are ours: AWS's twelve digits, and the name in the config."""
    return {aws.config(place.account).id: place.account for place in aws.places()}


def desk(path: Callable[[], Path], aws: Accounts, rules: Sequence[Rule]) -> TroubleDesk:
    """The desk; `path` is asked for only when somebody does something."""
    known, place = names(aws), aws.places()[0]

    def opened(envelope: Mapping[str, Any]) -> Event:
        if "detail-type" not in envelope or "source" not in envelope:
            raise UsageError(words("An event has at least “source”, “detail-type” and “detail”."))
        try:
            return event(envelope, Home(place.account, place.region, known), path().now())
        except Unreadable as strange:
            raise UsageError(strange.said) from None

    hands = Hands(
        acknowledge=lambda number, person: answering.acknowledge(path(), number, person),
        snooze=lambda number, until, person: answering.snooze(path(), number, until, person),
        silence=lambda one: answering.silence(path(), one),
        open_=opened,
        read=read,
        fill=filled,
    )
    return TroubleDesk(lambda: path().db, rules, hands, lambda: path().now())


def read(event_: Event) -> Reading:
    """What an event means."""
    from jobs.readings import read as readings  # noqa: PLC0415 - nobody at the doors waits for all kinds

    return readings.read(event_)


def filled(line: str, named: Mapping[str, str]) -> tuple[str, str]:
    """A rule's line with what an event names, and the first name that it lacks."""
    try:
        return troubles.filled(line, named), ""
    except troubles.Unfilled as lacks:
        return line, lacks.name
