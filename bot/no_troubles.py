"""The third door for looking without a database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.arguments import UsageError
from bot.trouble import Came, Rule, Silence, State, Trial, Trouble
from bot.words import Words, words


class NoTroubles:
    """The third door of somebody who only looks: nothing has come, nothing can be said to it."""

    def rules(self) -> Sequence[Rule]:
        """None."""
        return ()

    def find(self, _states: Sequence[State], _most: int = 100) -> Sequence[Trouble]:
        """None."""
        return ()

    def get(self, _number: int) -> Trouble | None:
        """None."""
        return None

    def about(self, _subject: str, _most: int = 20) -> Sequence[Trouble]:
        """None."""
        return ()

    def events(self, _most: int = 50, _trouble: int | None = None) -> Sequence[Came]:
        """None."""
        return ()

    def fired(self) -> Mapping[str, datetime]:
        """None."""
        return {}

    def silences(self) -> Sequence[Silence]:
        """None."""
        return ()

    def attempt(self, _envelope: Mapping[str, Any], _rule: str = "") -> Trial:
        """Raises UsageError."""
        raise UsageError(words("Events cannot be tried from here."))

    def say(self, _channel: str, said: Words) -> str:
        """In English."""
        return str(said)

    def link(self, _number: int) -> str:
        """None."""
        return ""

    def acknowledge(self, _number: int, _person: str, _reason: str = "") -> None:
        """Does nothing."""

    def snooze(self, _number: int, _until: datetime, _person: str) -> None:
        """Does nothing."""

    def silence(self, _rule: str, _subject: str, _until: datetime, _person: str) -> None:
        """Does nothing."""
