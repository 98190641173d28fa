"""Reading for a diagnosis: what may not be read is noted with its permission and hides nothing else."""

from collections.abc import Callable
from typing import TypeVar

from aws.account import Place
from aws.errors import AwsError, NotFound
from bot.refusals import said
from bot.words import Words, words

T = TypeVar("T")


class Looking:
    """One look round in one place; lives as long as the diagnosis."""

    def __init__(self, place: Place) -> None:
        """Nothing was looked at."""
        self.place = place
        self.unread: list[Words] = []

    def at(self, what: Words, read: Callable[[], T], otherwise: T) -> T:
        """What `read` gives; what it may not read is noted, and `otherwise` stands in its place."""
        try:
            return read()
        except AwsError as error:
            why = said(error, self.place.account)
            note = words("could not look at {what}: {why}", what=what, why=why)
            if note not in self.unread:
                self.unread.append(note)
            return otherwise

    def maybe(self, what: Words, read: Callable[[], T]) -> T | None:
        """The same for one thing; None when it does not exist or could not be read."""

        def found() -> T | None:
            try:
                return read()
            except NotFound:
                return None

        return self.at(what, found, None)
