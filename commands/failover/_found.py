"""What was found before a shift: what speaks against it, what should be known, what is well."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from aws.errors import AwsError
from bot.refusals import said
from bot.words import Words, words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """Grows while one looks."""

    refusals: list[Words] = field(default_factory=list)
    warnings: list[Words] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)

    def look(self, account: str, what: Words, read: Callable[[], T]) -> T | None:
        """What is there; what nobody could look at is a warning: a shift may not wait for a right."""
        try:
            return read()
        except AwsError as error:
            why = said(error, account)
            self.warnings.append(words("{what} could not be looked at: {why}", what=what, why=why))
            return None
