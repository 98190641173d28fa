"""The third door as commands see it: the Troubles of `bot.trouble` over the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.arguments import UsageError
from bot.event import Event
from bot.misfit import misfit
from bot.pattern import fits
from bot.store import events, outbox, silences, troubles
from bot.store.database import Database
from bot.store.outbox import Letter
from bot.trouble import Came, Reading, Rule, Silence, State, Trial, Trouble
from bot.words import Words, words


@dataclass(frozen=True, slots=True)
class Hands:
    """What changes a trouble, and what reads an event; handed in by `bot.wiring`."""

    acknowledge: Callable[[int, str, str], object]
    snooze: Callable[[int, datetime, str], object]
    silence: Callable[[Silence], object]
    open_: Callable[[Mapping[str, Any]], Event]
    """An envelope as an event.  Raises UsageError."""
    read: Callable[[Event], Reading]
    fill: Callable[[str, Mapping[str, str]], tuple[str, str]]
    """A rule's line with what an event names, and the first name that it lacks."""
    say: Callable[[str, Words], str]
    """A sentence in the language of a channel."""
    home: Callable[[], str] = str
    """The address of the workspace; "" until Slack has said it."""


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

    def events(self, most: int = 50, trouble: int | None = None) -> Sequence[Came]:
        """The newest events, whatever became of them, of one trouble if one is named."""
        return self.db().read(lambda tx: events.newest(tx, most, trouble=trouble))

    def fired(self) -> Mapping[str, datetime]:
        """When the newest trouble of each rule began; a rule that never fired is absent."""
        return self.db().read(troubles.fired)

    def silences(self) -> Sequence[Silence]:
        """What is silent now."""
        return self.db().read(lambda tx: silences.standing(tx, self.now()))

    def attempt(self, envelope: Mapping[str, Any], rule: str = "") -> Trial:
        """What would happen to an event, by one rule if it is named.  Raises UsageError."""
        meant = [one for one in self.known if rule in {"", one.name}]
        if rule and not meant:
            raise UsageError(words("There is no rule {rule}.", rule=rule))
        event = self.hands.open_(envelope)
        reading = self.hands.read(event)
        found = next((one for one in meant if fits(one.pattern, event.envelope)), None)
        line, lacks = self.hands.fill(found.do, reading.names) if found and found.do else ("", "")
        lies = misfit(meant[0].pattern, event.envelope) if rule and not found else None
        return Trial(event, reading, found, line, lacks, lies)

    def say(self, channel: str, said: Words) -> str:
        """A sentence in a channel's language."""
        return self.hands.say(channel, said)

    def link(self, number: int) -> str:
        """Where its message stands in Slack; "" while there is none."""
        letter = self.db().read(lambda tx: _letter(tx, number))
        if letter is None or not letter.ts:
            return ""
        return _address(self.hands.home(), letter.channel, letter.ts)

    def acknowledge(self, number: int, person: str, reason: str = "") -> None:
        """Somebody looks at it, or says why nobody has to."""
        self.hands.acknowledge(number, person, reason)

    def snooze(self, number: int, until: datetime, person: str) -> None:
        """Nobody is called about it until then."""
        self.hands.snooze(number, until, person)

    def silence(self, rule: str, subject: str, until: datetime, person: str) -> None:
        """Nobody hears of it until then."""
        self.hands.silence(Silence(rule, subject, until, person))


def _letter(tx: Connection, number: int) -> Letter | None:
    """The letter that tells of a trouble: its own, or its storm's."""
    trouble = troubles.get(tx, number)
    if trouble is None:
        return None
    return outbox.with_key(tx, f"storm:{trouble.storm}" if trouble.storm else f"trouble:{number}")


def _address(home: str, channel: str, ts: str) -> str:
    """A message's permalink; without the workspace's address that of its channel ("Deep linking", Slack)."""
    if not home:
        return f"https://slack.com/app_redirect?channel={channel}"
    return f"{home.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
