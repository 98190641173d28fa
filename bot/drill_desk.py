"""The drills and probes as commands see them: the Drills of `bot.drill` over the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.drill import Drill, Gate, Mark, Part, Spec
from bot.probe import Probe, Sample
from bot.store import drills, marks, samples
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class DrillDesk:
    """Safe to share between threads."""

    db: Database
    known: Mapping[str, Probe]  # by their names in the config
    ask: Callable[[Sequence[Probe]], Sequence[Sample]]  # each once, side by side
    planned: Mapping[str, Sequence[Part]] = field(default_factory=dict)  # experiments by their names

    def probes(self) -> Mapping[str, Probe]:
        """Those that the config names."""
        return self.known

    def experiments(self) -> Mapping[str, Sequence[Part]]:
        """Those that the config names."""
        return self.planned

    def try_out(self, asked: Sequence[Probe]) -> Sequence[Sample]:
        """Ask each once, now, side by side."""
        return self.ask(asked)

    def get(self, number: int) -> Drill | None:
        """One, by the number of its operation."""
        return self.db.read(lambda tx: drills.get(tx, number))

    def find(self, *, open_only: bool = False, most: int = 20) -> Sequence[Drill]:
        """The newest first."""
        return self.db.read(lambda tx: drills.find(tx, open_only=open_only, most=most))

    def samples(self, number: int, since: datetime | None = None) -> Sequence[Sample]:
        """What its probes were answered, in the order in which they asked."""
        return self.db.read(lambda tx: samples.of(tx, number, since))

    def marks(self, number: int) -> Sequence[Mark]:
        """What happened meanwhile, in order."""
        return self.db.read(lambda tx: marks.of(tx, number))

    def gates(self, number: int) -> Sequence[Gate]:
        """The stages of an operation that somebody let begin."""
        return self.db.read(lambda tx: drills.gates(tx, number))

    def begin(self, number: int, spec: Spec, person: str, at: datetime) -> str:
        """Begin to probe; the second time changes nothing.  Returns what keeps it from it, or ""."""
        there = self.db.write(lambda tx: drills.begin(tx, number, spec, person, at))
        return "" if there == number else f"#{there} is under way in {spec.account}"

    def open_gate(self, number: int, stage: int, person: str, at: datetime) -> None:
        """Let a stage begin; the first who does stands there."""
        self.db.write(lambda tx: drills.open_gate(tx, number, stage, person, at))
