"""Letters about troubles: what they tell of, and the message in whose thread a call belongs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from bot.chart import Chart
from bot.store import outbox, reminders, storms, troubles
from bot.store.outbox import Letter, Mail
from bot.store.storms import Storm
from bot.trouble import State, Trouble
from bot.views import storm as storm_view
from bot.views import trouble as trouble_view
from bot.views.chart import Shown
from bot.views.message import Message
from bot.views.speaker import Speaker

ALARMS = frozenset({Mail.TROUBLE, Mail.STORM, Mail.CALL})
EVERY = tuple(State)


@dataclass(frozen=True, slots=True)
class OneTrouble:
    """A trouble that has a message of its own."""

    trouble: Trouble

    @property
    def channel(self) -> str:
        """Where it belongs."""
        return self.trouble.channel

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come."""
        return self.trouble.state is State.OVER

    @property
    def chart(self) -> Chart | None:
        """The metric around the moment at which it began."""
        return self.trouble.chart

    def message(self, speak: Speaker, shown: Shown) -> Message:
        """What is posted or edited."""
        return trouble_view.message(self.trouble, speak, shown)


@dataclass(frozen=True, slots=True)
class ManyTroubles:
    """A storm, with how many of its troubles stand where."""

    storm: Storm
    counts: Mapping[State, int]
    newest: Sequence[Trouble]

    @property
    def channel(self) -> str:
        """Where it belongs."""
        return self.storm.channel

    @property
    def is_over(self) -> bool:
        """Whether all of its troubles are."""
        return set(self.counts) <= {State.OVER}

    @property
    def chart(self) -> None:
        """Many have none."""
        return None

    def message(self, speak: Speaker, _shown: Shown) -> Message:
        """What is posted or edited."""
        storm = self.storm
        return storm_view.message(storm.number, storm.cause, storm.began, self.counts, self.newest, speak)


Alarm: TypeAlias = OneTrouble | ManyTroubles


def of(tx: Connection, letter: Letter) -> Alarm | None:
    """What a letter tells of; None for one that calls somebody."""
    kind, number, *_ = letter.key.split(":")
    if kind == Mail.TROUBLE:
        trouble = troubles.get(tx, int(number))
        return OneTrouble(trouble) if trouble else None
    if kind != Mail.STORM:
        return None
    storm = storms.get(tx, int(number))
    if storm is None:
        return None
    newest = troubles.find(tx, EVERY, storm_view.NEWEST, storm=storm.number)
    return ManyTroubles(storm, troubles.counted(tx, storm.number), newest)


def is_off(tx: Connection, letter: Letter) -> bool:
    """Whether it reminds of what is over."""
    if letter.kind is not Mail.CALL or not reminders.is_one(letter.key):
        return False
    trouble = troubles.get(tx, int(letter.key.split(":")[1]))
    return trouble is None or trouble.state is State.OVER


def card(tx: Connection, letter: Letter) -> Letter | None:
    """The message in whose thread a call belongs: its trouble's, or its storm's."""
    if letter.kind is not Mail.CALL:
        return None
    trouble = troubles.get(tx, int(letter.key.split(":")[1]))
    if trouble is None:
        return None
    return outbox.with_key(tx, f"storm:{trouble.storm}" if trouble.storm else f"trouble:{trouble.number}")
