"""The schedules there are: those of the config, and those that were added from chat."""

from collections.abc import Iterator, Mapping

from bot.schedule import Schedule


class Schedules(Mapping[str, Schedule]):
    """By name; whoever holds it sees one that is added, or removed, at once.

    The config's are as they were at the start.  Where chat has one of the same name, the config's counts.
    """

    def __init__(self, config: Mapping[str, Schedule]) -> None:
        """Only the config's, until the others are taken up."""
        self._config = dict(config)
        self._all: Mapping[str, Schedule] = self._config

    def take_up(self, added: Mapping[str, Schedule]) -> None:
        """Those that were added from chat are these from now on."""
        self._all = {**added, **self._config}  # one assignment: a reader sees the old ones or the new ones

    def is_configured(self, name: str) -> bool:
        """Whether the config has one of this name: it cannot be removed from chat."""
        return name in self._config

    def __getitem__(self, name: str) -> Schedule:
        """The schedule of this name.  Raises KeyError."""
        return self._all[name]

    def __iter__(self) -> Iterator[str]:
        """Their names."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)
