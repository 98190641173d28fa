"""Looks that a plan can do without: what AWS does not tell is a note on it, and never a refusal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from aws.errors import AwsError
from bot.refusals import said
from bot.words import Words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extra:
    """Such looks in one account, and what they could not see."""

    account: str
    notes: list[Words] = field(default_factory=list)

    def look(self, read: Callable[[], T], unseen: T, about: Callable[[Words], Words]) -> T:
        """What is there; `unseen` when AWS does not tell, with a note `about` why."""
        try:
            return read()
        except AwsError as error:
            self.notes.append(about(said(error, self.account)))
            return unseen
