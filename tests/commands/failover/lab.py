"""A desk at which drills can be run: one probe that is always well, and drills as rows.

Nobody probes here: what is tested is what a drill breaks, and how it ends.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.drill import Drill
from bot.drill_desk import DrillDesk
from bot.probe import Kind, Probe, Sample
from bot.store.database import Database
from playground.aws.server import LocalAws
from tests.commands.desk import DEV, PROD, Desk
from tests.house import house

PROBE = Probe("shop", Kind.HTTP, "http://127.0.0.1:1/")
LONG = 900  # samples: a quarter of an hour of them


@dataclass(frozen=True, slots=True)
class AlwaysWell(DrillDesk):
    """Rows, whose probes are well whenever somebody looks, and whose faults are put back at once."""

    def samples(self, number: int, since: datetime | None = None) -> Sequence[Sample]:
        """One a second that was well, from then on; whoever judges leaves out what has not been yet."""
        found = DrillDesk.get(self, number)
        begun = since or (found.begun if found else datetime.now(UTC))
        return [Sample(PROBE.name, begun + n * PROBE.every, 0.01) for n in range(LONG)]

    def get(self, number: int) -> Drill | None:
        """It, as if all were put back."""
        found = DrillDesk.get(self, number)
        return found and replace(found, broken=found.begun, restored=found.begun)


def well(db: Database) -> AlwaysWell:
    """The drills of this database."""
    return AlwaysWell(db, {PROBE.name: PROBE}, tried)


def tried(asked: Sequence[Probe]) -> Sequence[Sample]:
    """Each once: all are well."""
    return [Sample(one.name, datetime.now(UTC), 0.01) for one in asked]


@contextmanager
def desk_for_drills(local: LocalAws, folder: Path) -> Iterator[Desk]:
    """A desk with the config's probe."""
    with house(folder, [DEV, PROD], drills=well) as there:
        yield Desk(there, local)
