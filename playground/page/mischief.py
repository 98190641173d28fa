"""What a player let happen, and ending it."""

import threading
from dataclasses import dataclass
from datetime import timedelta

from playground.page.happening import Stands, World
from playground.page.happenings import HAPPENINGS


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that was let happen."""

    key: str
    target: str
    stands: Stands

    @property
    def then(self) -> str:
        """The line that shows what toban makes of it, or ""."""
        return HAPPENINGS[self.key].then.format(target=self.target)


class Mischief:
    """What was let happen and is not over yet."""

    def __init__(self) -> None:
        self._standing: list[Standing] = []
        self._lock = threading.Lock()  # every open window asks what stands, while somebody lets more happen

    def let(self, world: World, key: str, target: str) -> None:
        """Let an entry happen.  Raises KeyError for one that there is not, ValueError without a target."""
        entry = HAPPENINGS[key]
        if bool(entry.target) != bool(target):
            raise ValueError(f"{key} needs a target" if entry.target else f"{key} takes no target")
        stands = entry.do(world, target)
        with self._lock:
            self._standing.append(Standing(key, target, stands))

    def standing(self) -> list[Standing]:
        """Return what still stands, oldest first."""
        with self._lock:
            self._standing = [each for each in self._standing if each.stands()]
            return list(self._standing)

    def all_well(self, world: World) -> None:
        """End everything."""
        from playground.aws import pinned  # noqa: PLC0415 - moto takes seconds, and the page comes first

        world.aws.control.clear()
        world.aws.control.snapshots.failing_of.clear()
        world.aws.control.deny_copies_by_kms(0)
        pinned.unpin(world.aws)
        for instance in {*world.aws.control.instances.impaired, *world.aws.control.instances.refused_by_kms}:
            world.aws.control.heal(instance)
        world.aws.control.spot.take_back()
        world.aws.control.feed_groups()
        world.aws.control.sessions.reset()
        world.slack.faults.clear()
        world.slack.workspace.has_charts, world.slack.workspace.files.working = True, timedelta(0)
        with self._lock:
            self._standing.clear()
