"""The third door as commands see it: the Troubles of `bot.trouble` over the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.arguments import UsageError
from bot.event import Event
from bot.pattern import fits
from bot.store import events, troubles
from bot.store.database import Database
from bot.trouble import Came, Reading, Rule, Silence, State, Trial, Trouble
from bot.words import words


@dataclass(frozen=True, slots=True)
class Hands:
    """What changes a trouble, and what reads an event; handed in by `bot.wiring`."""

    acknowledge: Callable[[int, str], object]
    snooze: Callable[[int, datetime, str], object]
    silence: Callable[[Silence], object]
    open_: Callable[[Mapping[str, Any]], Event]
    """An envelope as an event.  Raises UsageError."""
    read: Callable[[Event], Reading]
    fill: Callable[[str, Mapping[str, str]], tuple[str, str]]
    """A rule's line with what an event names, and the first name that it lacks."""


@dataclass(frozen=True, slots=True)
class TroubleDesk:
    """Safe to share between threads."""

    db: Callable[[], Database]
    known: Sequence[Rule]
    hands: Hands
    now: Callable[[], datetime]

    def rules(self) -> Sequence[Rule]:
        """The rules of the config, in their order."""
        return self.known

    def find(self, states: Sequence[State], most: int = 100) -> Sequence[Trouble]:
        """Troubles in these states, the newest first."""
        return self.db().read(lambda tx: troubles.find(tx, states, most))

    def get(self, number: int) -> Trouble | None:
        """One trouble, or None."""
        return self.db().read(lambda tx: troubles.get(tx, number))

    def about(self, subject: str, most: int = 20) -> Sequence[Trouble]:
        """The newest troubles about something."""
        return self.db().read(lambda tx: troubles.of_subject(tx, subject, most))

    def events(self, most: int = 50) -> Sequence[Came]:
        """The newest events, whatever became of them."""
        return self.db().read(lambda tx: events.newest(tx, most))

    def silences(self) -> Sequence[Silence]:
        """What is silent now."""
        return self.db().read(lambda tx: troubles.silences_until(tx, self.now()))

    def attempt(self, envelope: Mapping[str, Any], rule: str = "") -> Trial:
        """What would happen to an event, by one rule if it is named.  Raises UsageError."""
        meant = [one for one in self.known if rule in {"", one.name}]
        if rule and not meant:
            raise UsageError(words("There is no rule {rule}.", rule=rule))
        event = self.hands.open_(envelope)
        reading = self.hands.read(event)
        found = next((one for one in meant if fits(one.pattern, event.envelope)), None)
        line, lacks = self.hands.fill(found.do, reading.names) if found and found.do else ("", "")
        return Trial(event, reading, found, line, lacks)

    def acknowledge(self, number: int, person: str) -> None:
        """Somebody looks at it."""
        self.hands.acknowledge(number, person)

    def snooze(self, number: int, until: datetime, person: str) -> None:
        """Nobody is called about it until then."""
        self.hands.snooze(number, until, person)

    def silence(self, rule: str, subject: str, until: datetime, person: str) -> None:
        """Nobody hears of it until then."""
        self.hands.silence(Silence(rule, subject, until, person))
