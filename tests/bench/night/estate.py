"""The estate of a night, and the fewest calls that one can do with."""

from collections.abc import Mapping
from dataclasses import dataclass

from playground.aws.stub.size import Size

KEEP = 7
PAGE = 1000  # rows


@dataclass(frozen=True, slots=True)
class Estate:
    """So many volumes, two each on 0.4 as many instances, the rest loose; each has its generations."""

    volumes: int
    generations: int = 8
    keep: int = KEEP
    create: bool = True  # False: what is over goes, nothing new is made

    @property
    def size(self) -> Size:
        """As the stub plants it: one image for ten volumes."""
        instances = self.volumes * 4 // 10
        return Size(
            instances,
            2,
            loose=self.volumes - 2 * instances,
            generations=self.generations,
            images=self.volumes // 10,
        )

    @property
    def snapshots(self) -> int:
        """Those that are there before."""
        return self.volumes * self.generations

    @property
    def steps(self) -> int:
        """One for each new snapshot and for each that goes."""
        return self._created + self._expired

    @property
    def least(self) -> Mapping[str, int]:
        """The fewest calls, by action: three listings, every change, two looks at what came of it."""
        size = self.size
        left = self.snapshots + self._created - self._expired
        return {
            "DescribeVolumes": _pages(self.volumes),
            "DescribeSnapshots": _pages(self.snapshots) + _pages(self._created) + _pages(left),
            "DescribeImages": _pages(size.images),
            "CreateSnapshots": size.instances * self.create,
            "CreateSnapshot": size.loose * self.create,
            "DeleteSnapshot": self._expired,
        }

    @property
    def _created(self) -> int:
        return self.volumes * self.create

    @property
    def _expired(self) -> int:
        return self.volumes * (self.generations + self.create - self.keep)


def _pages(rows: int) -> int:
    return -(-rows // PAGE)
