"""What commands may do at the third door: read an event, fill a line, answer to a trouble."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from aws.account import Accounts, Place
from bot.arguments import UsageError
from bot.event import Event
from bot.flow import answering, rule_line
from bot.flow.path import Path
from bot.language import Languages
from bot.trouble import Reading, Rule
from bot.trouble_desk import Hands, TroubleDesk
from bot.words import words
from jobs.envelope import Home, Unreadable, opened

_SHAPES = frozenset({"detail-type", "TopicArn", "AlarmName"})
"""What an event has by EventBridge, by SNS, and by SNS without its envelope."""

_NOWHERE = Place("", "")  # where the config names no account, no event is one of ours


def names(aws: Accounts) -> dict[str, str]:
    """The accounts that are ours: AWS's twelve digits, and the name in the config."""
    return {aws.config(place.account).id: place.account for place in aws.places()}


def desk(
    path: Callable[[], Path], aws: Accounts, rules: Sequence[Rule], home: Callable[[], str] = str
) -> TroubleDesk:
    """The desk; `path` is asked for only when somebody does something.

    `home` is the address of the workspace; "" until Slack has said it.
    """

    def event(envelope: Mapping[str, Any]) -> Event:
        if not _SHAPES & envelope.keys():
            raise UsageError(words("An event has at least “source”, “detail-type” and “detail”."))
        try:
            here = next(iter(aws.places()), _NOWHERE)
            ours = Home(here.account, here.region, names(aws))
            return opened(json.dumps(envelope), ours, path().now(), _unsigned)
        except Unreadable as strange:
            raise UsageError(words("This is not acted on: {why}.", why=strange.said)) from None

    hands = Hands(
        acknowledge=lambda number, person, reason: answering.acknowledge(path(), number, person, reason),
        snooze=lambda number, until, person: answering.snooze(path(), number, until, person),
        silence=lambda one: answering.silence(path(), one),
        open_=event,
        read=read,
        fill=filled,
        say=lambda channel, said: _languages().say(said, path().language_in(channel), path().zone),
        home=home,
    )
    return TroubleDesk(lambda: path().db, rules, hands, lambda: path().now())


def read(event_: Event) -> Reading:
    """What an event means."""
    from jobs.readings import read as readings  # noqa: PLC0415 - nobody at the doors waits for all kinds

    return readings.read(event_)


def _unsigned(_notification: Mapping[str, Any]) -> None:
    """What is only tried needs no signature."""


@cache
def _languages() -> Languages:
    return Languages.load()


def filled(line: str, named: Mapping[str, str]) -> tuple[str, str]:
    """A rule's line with what an event names, and the first name that it lacks."""
    try:
        return rule_line.filled(line, named), ""
    except rule_line.Unfilled as lacks:
        return line, lacks.name
