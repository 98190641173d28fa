"""Who is who: the groups of the config, with Slack's user groups in them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from bot.policy.decision import Person

Members = Callable[[str], Iterable[str] | None]
"""The users of a Slack user group (S…), as Slack says now; None while Slack does not say."""

HasLeft = Callable[[str, timedelta], bool]
"""Whether a user is no longer in the workspace, as Slack said at most so long ago."""


def nobody_left(_user: str, _fresh: timedelta) -> bool:
    """Where there is no Slack to ask."""
    return False


class Directory:
    """People by the groups that the config puts them in; somebody nobody named is in none."""

    def __init__(
        self,
        groups: Mapping[str, tuple[str, ...]],
        members: Members = lambda _group: (),
        has_left: HasLeft = nobody_left,
    ) -> None:
        self._groups = groups
        self._members = members
        self._has_left = has_left

    def person(self, user: str) -> Person:
        """This user with the groups they are in."""
        return Person(user, tuple(name for name, users in self._all().items() if user in users))

    def is_meant(self, user: str, named: str) -> bool:
        """Whether `named` is this user, or a Slack user group they are in as far as Slack has said."""
        return user == named or (named.startswith("S") and user in (self._members(named) or ()))

    def everybody(self) -> Iterable[Person]:
        """All who are in any group, by id."""
        users = {user for users in self._all().values() for user in users}
        return [self.person(user) for user in sorted(users)]

    def are_known(self) -> bool:
        """Whether Slack has said who is in each user group; until then nobody is in those it has not."""
        named = (one for users in self._groups.values() for one in users if one.startswith("S"))
        return all(self._members(one) is not None for one in named)

    def has_left(self, user: str, fresh: timedelta) -> bool:
        """Whether this user is no longer in the workspace, as Slack said at most so long ago."""
        return self._has_left(user, fresh)

    def _all(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(self._expand(named)) for name, named in self._groups.items()}

    def _expand(self, named: Iterable[str]) -> Iterable[str]:
        for one in named:
            if one.startswith("S"):
                yield from self._members(one) or ()
            else:
                yield one
