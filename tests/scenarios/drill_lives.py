"""Lives of a toban that runs a failure test: the real verbs, steps, policy and watcher, over one database.

What is not real: the clock, which passes here and in the local AWS together; and who asks the probes, which
are all well, for what they say is tested elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from aws.account import Accounts
from bot.audit.seal import seal_all
from bot.bell import Bell
from bot.command import Action, Batch, Called, World
from bot.drill import Part
from bot.drill_desk import DrillDesk
from bot.engine import Engine
from bot.operation import ENDS, Operation, State, StepRow
from bot.probe import Probe, Sample
from bot.store import drills
from bot.store.schema import asks
from commands.changes import gate
from commands.failover import _drill
from jobs.drills.drills import Drills
from playground.aws.server import LocalAws
from tests.house import APPROVER, House, Time, house
from tests.house import KEY as AUDIT_KEY
from tests.jobs.drills.rehearsal import SHOP, FakeProber
from tests.scenarios.dies import Death, Killed
from tests.scenarios.drill_kinds import Kind

KEY = "the-drill"
FAR = 10**6  # commits and requests: nobody lives so long
AT_MOST = 60  # turns until it has ended
OWN = tuple(one.name for one in _drill.ACTIONS)


@dataclass
class Life:
    """From one start to a death, or to the end of the story."""

    house: House
    watcher: Drills
    death: Death
    aws: LocalAws
    line: str
    probers: list[FakeProber]
    goes_on: bool = True  # at a gate, by itself
    die_at: int = FAR  # the moment, counted from `arm` on
    before_fault: Callable[[], None] = lambda: None  # done in the very moment in which a fault is called

    def arm(self) -> None:
        """From here on moments are counted."""
        self.death.come(self.die_at)

    # -- what people do ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask for it; the second time nothing happens, as when Slack asks again."""
        if not self.is_asked():
            self.house.ask(self.line, key=KEY)
        self.turn(0)

    def abort(self) -> None:
        """Somebody clicks *Abort*."""
        self.house.cancel(self.number)
        self.alive()

    def abort_by_line(self) -> None:
        """Somebody types it."""
        self.house.ask(f"/failover abort {self.number}")

    def let_go_on(self) -> None:
        """Somebody lets the next stage begin, if one waits for that."""
        stage = gate.waiting(self.house.path.observer(), self.number)
        if stage is not None:
            self.house.ask(f"/failover continue {self.number}", key=f"continue-{stage}")
            self.house.work()
            self.alive()

    @property
    def number(self) -> int:
        return self.house.number_of(KEY)

    def is_asked(self) -> bool:
        """Whether the ask was committed, in this life or another."""
        query = select(asks.c.id).where(asks.c.key == KEY)
        return self.house.path.db.read(lambda tx: tx.execute(query).first()) is not None

    # -- time -------------------------------------------------------------------------------------------

    def turn(self, seconds: int) -> None:
        """So much time passes, here and in AWS; probes are answered, everybody works and looks."""
        self.house.time.pass_(seconds=seconds)
        self.aws.control.advance(seconds)
        for prober in self.probers:
            for back in range(seconds if prober.on else 0):
                at = self.house.time.at - timedelta(seconds=seconds - 1 - back)
                for probe in prober.probes:
                    prober.take(Sample(probe.name, at, 0.01))
        self.watcher.look()
        self.alive()
        self.house.work()
        self.alive()
        self._agree()

    def _agree(self) -> None:
        """Whoever is asked agrees: to the plan, and to the next stage."""
        operation = self.operation()
        if operation.state is State.WAITING:
            self.house.click(self.number, APPROVER)
            self.house.work()
        if self.goes_on and not operation.cancelled_by:
            self.let_go_on()
        self.alive()

    def alive(self) -> None:
        """Somebody may have died where the edge of a thread hides it.  Raises Killed."""
        if self.death.came:
            raise Killed

    def until(self, so: Callable[[], bool], seconds: int = 3) -> None:
        """Turns until it is so.  Raises AssertionError when it is never so."""
        for _ in range(AT_MOST):
            if so():
                return
            self.turn(seconds)
        raise AssertionError(
            f"it is never so: {[(row.step.key, row.state, row.reason) for row in self.rows()]}"
        )

    # -- how it stands ----------------------------------------------------------------------------------

    def operation(self) -> Operation:
        return self.house.operation(self.number)

    def rows(self) -> tuple[StepRow, ...]:
        return self.house.steps(self.number)

    def is_in(self) -> bool:
        """Whether a fault was called, and none is still to come but after a gate; or it is over."""
        faults = [row for row in self.rows() if not row.step.undoes and row.step.action not in OWN]
        return any(row.batch for row in faults) or self.is_over()

    def is_over(self) -> bool:
        """Whether it has ended, for the watcher as well."""
        number = self.number
        drill = self.house.path.db.read(lambda tx: drills.get(tx, number))
        return self.operation().state in ENDS and (drill is None or drill.ended is not None)


Story = Callable[[Life], None]


@dataclass
class Lives:
    """One after the other, over the same database."""

    folder: Path
    kind: Kind
    aws: LocalAws
    death: Death
    clients: Accounts
    time: Time = field(default_factory=Time)
    line: str = ""
    named: str = ""  # in the line
    parts: Mapping[str, Sequence[Part]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.aws.reset()
        self.named = self.kind.given(self.aws)
        self.line = self.kind.line.format(self.named)
        self.parts = {
            name: [replace(one, line=one.line.format(self.named)) for one in parts]
            for name, parts in self.kind.parts.items()
        }

    def pass_(self, seconds: int) -> None:
        """Nobody is there for so long."""
        self.time.pass_(seconds=seconds)
        self.aws.control.advance(seconds)

    def live(self, story: Story, *, die_at: int = FAR) -> int:
        """Open the house and let the story happen, until death comes; returns how many points it passed."""
        with self.open() as life:
            life.die_at = die_at
            try:
                story(life)
            except Killed:
                assert self.death.came
            passed = self.death.passed
            self.death.come(0)
            life.house.path.db.write(lambda tx: seal_all(tx, AUDIT_KEY))  # as would have been done until then
        return passed

    @contextmanager
    def open(self) -> Iterator[Life]:
        """A start of toban."""
        probers: list[FakeProber] = []

        def ask_once(probes: Sequence[Probe]) -> Sequence[Sample]:
            return [Sample(one.name, self.time.at, 0.01) for one in probes]

        def probing(probes: Sequence[Probe], take: Callable[[Sample], None]) -> FakeProber:
            probers.append(FakeProber(probes, take))
            return probers[-1]

        with ExitStack() as end:
            at_home = end.enter_context(
                house(
                    self.folder,
                    [self.kind.account],
                    time=self.time,
                    clients=self.clients,
                    drills=lambda db: DrillDesk(db, {"shop": SHOP}, ask_once, self.parts),
                )
            )
            life = Life(at_home, Drills(at_home.path, probing), self.death, self.aws, self.line, probers)
            path = replace(at_home.path, actions=_watched(life, at_home.path.actions))
            life.house = House(path, Engine(path, Bell()), self.time)
            life.watcher = Drills(path, probing)
            self.death.waits_at_the_disk(path.db)
            yield life


def _watched(life: Life, actions: Mapping[str, Action]) -> dict[str, Action]:
    """The same actions; somebody may do something in the moment in which a fault is called."""
    return {name: _one(life, action) for name, action in actions.items()}


def _one(life: Life, action: Action) -> Action:
    def call(world: World, batch: Batch) -> Called:
        if action.name not in OWN and not any(one.undoes for one in batch.steps):
            life.before_fault()
        return action.call(world, batch)

    return replace(action, call=call)
