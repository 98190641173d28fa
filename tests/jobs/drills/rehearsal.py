"""A rehearsal instead of AWS and a web system: lamps that are put out, and a shop that is well or not.

The real path, the real watcher, the real steps of a drill; the faults are lamps, and the answers of the
shop are written by the test.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from aws.account import Place
from aws.errors import AwsError
from bot.arguments import Kind as Kinds
from bot.arguments import arg
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, Verb, World
from bot.drill_desk import DrillDesk
from bot.engine import Engine
from bot.grammar.grammar import Grammar, Vocabulary
from bot.plan import Fields, Plan, Resource, Step
from bot.policy.policy import Policy
from bot.probe import Kind, Probe, Sample
from bot.words import words
from commands.failover import _drill, abort
from commands.failover._block import Block
from commands.failover._options import Options
from jobs.drills.drills import Drills
from tests.bot.flow.crowd import ANYBODY, HERE
from tests.by_name import by_name
from tests.house import House

SHOP = Probe("shop", Kind.HTTP, "http://127.0.0.1:1/", back_within=timedelta(seconds=20))


@dataclass
class FakeProber:
    """Asks when the test lets time pass."""

    probes: Sequence[Probe]
    take: Callable[[Sample], None]
    on: bool = False

    def start(self) -> None:
        self.on = True

    def stop(self) -> None:
        self.on = False


@dataclass
class Rehearsal:
    """Lamps that burn, and how the shop is."""

    house: House
    out: set[str] = field(default_factory=set)  # lamps that are out
    called: list[str] = field(default_factory=list)
    error: Callable[[], str] = str  # what the shop answers now; "" is well
    before: Callable[[Batch], AwsError | None] = lambda _batch: None
    probers: list[FakeProber] = field(default_factory=list)
    lamps: int = 2
    watcher: Drills = field(init=False)

    def __post_init__(self) -> None:
        self.watcher = Drills(self.house.path, self.probing)

    def probing(self, probes: Sequence[Probe], take: Callable[[Sample], None]) -> FakeProber:
        self.probers.append(FakeProber(probes, take))
        return self.probers[-1]

    def ask_once(self, probes: Sequence[Probe]) -> Sequence[Sample]:
        return [Sample(one.name, self.house.time.at, 0.01, self.error()) for one in probes]

    def second(self, count: int = 1) -> None:
        """Let so many seconds pass: everybody works, everybody looks, each probe is asked once a second."""
        for _ in range(count):
            self.house.work(passing=1)
            for prober in self.probers:
                for sample in self.ask_once(prober.probes) if prober.on else ():
                    prober.take(sample)
            self.watcher.look()
            self.house.work()

    def begin(self, line: str = "/failover run-lamp --for 30s --before 5s --after 30s") -> int:
        return self.house.asked(line)

    # -- the lamps as actions ------------------------------------------------------------------------

    def plan(self, args: Options, world: World) -> Plan:
        steps: list[Step] = []
        for n in range(self.lamps):
            target = Resource(HERE.account, HERE.region, "lamp", f"lamp-{n}", tags=(("env", "dev"),))
            burns, dark = (("lamp", "on"),), (("lamp", "out"),)
            cut = Step(f"out-{n}", "failover.put-out", target, burns, dark)
            back = Step(f"on-{n}", "failover.light", target, dark, burns, undoes=cut.key)
            steps += [cut, replace(back, after_a_while=args.for_)]
        summary = words("put out {n} lamps", n=self.lamps)
        return _drill.assemble(world, HERE, args, "lamp", "lamps", summary, Block(tuple(steps)))

    def look(self, _world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
        return {one.key: (("lamp", "out" if one.target.id in self.out else "on"),) for one in steps}

    def call(self, _world: World, batch: Batch) -> Called:
        (step,) = batch.steps
        self.called.append(step.key)
        if error := self.before(batch):
            raise error
        (self.out.discard if step.undoes else self.out.add)(step.target.id)
        return Called("request")

    def watch(self, world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
        shown = self.look(world, place, [one.step for one in sent])
        return {
            one.step.key: Seen(
                Sight.REACHED if shown[one.step.key] == one.step.after else Sight.COMING, words("so")
            )
            for one in sent
        }


@dataclass(frozen=True, slots=True)
class Number:
    """Of which drill."""

    number: int = arg(Kinds.NUMBER, words("which"), option=False, required=True)


def told(args: Number, world: World) -> Plan:
    """As much as these tests need."""
    drill = world.drills.get(args.number)
    assert drill is not None
    return Plan(words("#{n}: {samples}", n=args.number, samples=len(world.drills.samples(args.number))))


@contextmanager
def rehearsal(at_home: House) -> Iterator[Rehearsal]:
    """The house with a verb that puts lamps out; opening it again over the same house is a restart."""
    made = Rehearsal(at_home)
    out = Action(
        *("failover.put-out", Risk.CHANGE, Replay.REPEATABLE, ()),
        look=made.look,
        call=made.call,
        watch=made.watch,
    )
    light = replace(out, name="failover.light", whatever_happens=True)
    run = Verb(
        *("failover", "run-lamp", words("Put lamps out."), Options, Risk.CHANGE, (), made.plan),
        examples=("/failover run-lamp",),
        actions=(*_drill.ACTIONS, out, light),
    )
    report = Verb(
        *("failover", "report", words("Say how it went."), Number, Risk.NONE, (), told),
        examples=("/failover report 17",),
    )
    known: tuple[Verb, ...] = (run, abort.VERB, report)  # type: ignore[type-arg]
    names = [(verb.action, verb.risk) for verb in known]
    names += [(action.name, action.risk) for verb in known for action in verb.actions]
    path = replace(
        at_home.path,
        grammar=Grammar(by_name(known), Vocabulary((HERE.account,), (HERE.region,))),
        policy=Policy.load(ANYBODY, names),
        actions={action.name: action for verb in known for action in verb.actions},
        verbs=by_name(known),
        drills=DrillDesk(at_home.path.db, {"shop": SHOP}, made.ask_once),
    )
    made.house = House(path, Engine(path, at_home.engine._bell), at_home.time)
    made.watcher = Drills(path, made.probing)
    yield made
