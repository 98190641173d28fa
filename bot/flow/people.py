"""Who is who, as the path asks for it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol

from bot.policy.decision import Person


class People(Protocol):
    """Who is who."""

    def person(self, user: str) -> Person:
        """This user with the groups they are in; somebody nobody named is in none."""

    def is_meant(self, user: str, named: str) -> bool:
        """Whether `named` is this user, or a user group they are in as far as is known."""

    def everybody(self) -> Iterable[Person]:
        """All who are in any group."""

    def are_known(self) -> bool:
        """Whether it is known who is in each group; where it is not, nobody is."""

    def has_left(self, user: str, fresh: timedelta) -> bool:
        """Whether this user is no longer in the workspace, as was heard at most so long ago."""
