"""A stage instead of AWS: a verb that plays the steps a test wrote, and remembers in which order."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from aws.account import Place
from aws.errors import AwsError
from bot.arguments import Kind, arg
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, Verb, World
from bot.engine import Engine
from bot.grammar.grammar import Grammar, Vocabulary
from bot.operation import StepState
from bot.plan import Fields, Plan, Resource, Step
from bot.policy.policy import Policy
from bot.words import words
from tests.bot.flow.crowd import ANYBODY, HERE
from tests.by_name import by_name
from tests.house import House


def act(key: str, *, region: str = HERE.region, **more: object) -> Step:
    """A step that turns something on; `play.undo` for one that undoes another."""
    action = "play.undo" if more.get("undoes") else "play.do"
    target = Resource(HERE.account, region, "lamp", key)
    planned = Step(key, action, target, (("lamp", "off"),), (("lamp", "on"),))
    return replace(planned, **more)  # type: ignore[arg-type]  # fields of Step


@dataclass(frozen=True, slots=True)
class Args:
    """Which of the plans that the test wrote."""

    number: int = arg(Kind.NUMBER, words("which plan"), option=False, required=True)


@dataclass
class Stage:
    """What is on, and what happens to the calls."""

    plans: list[tuple[Step, ...]] = field(default_factory=list)
    on: set[str] = field(default_factory=set)
    called: list[str] = field(default_factory=list)  # keys, in the order their calls began
    coming: set[str] = field(default_factory=set)  # called, and not shown yet
    lost: set[str] = field(default_factory=set)  # called, and will never be shown
    before: Callable[[Batch], AwsError | None] = lambda _batch: None
    on_call: Callable[[Batch], object] = lambda _batch: None
    after: Callable[[], object] = lambda: None  # it was called, and the answer is not known yet
    on_look: Callable[[Place], AwsError | None] = lambda _place: None
    results: list[Mapping[str, str]] = field(default_factory=list)  # that the calls were handed
    approvals: int = 0  # that its plans want
    lock: threading.Lock = field(default_factory=threading.Lock)

    def plan(self, args: Args, _world: World) -> Plan:
        """As the test wrote it."""
        return Plan(words("play"), self.plans[args.number - 1], approvals=self.approvals)

    def look(self, _world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
        """On or off."""
        if error := self.on_look(place):
            raise error
        return {step.key: (("lamp", "on" if step.key in self.on else "off"),) for step in steps}

    def call(self, _world: World, batch: Batch) -> Called:
        """Turn it on, unless it goes wrong."""
        keys = [step.key for step in batch.steps]
        with self.lock:
            self.called += keys
            self.results.append(dict(batch.results))
        self.on_call(batch)
        if error := self.before(batch):
            raise error
        with self.lock:
            self.on |= set(keys)
        self.after()
        return Called("request-1", {key: f"made-by-{key}" for key in keys})

    def watch(self, _world: World, _place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
        """There, unless the test holds it back."""
        return {one.step.key: Seen(self._sight(one.step.key), words("so")) for one in sent}

    def _sight(self, key: str) -> Sight:
        if key in self.lost:
            return Sight.FAILED
        return Sight.COMING if key in self.coming else Sight.REACHED


@contextmanager
def staged(
    at_home: House, stage: Stage, *, replay: Replay = Replay.REPEATABLE, policy: str = ANYBODY, **more: object
) -> Iterator[House]:
    """The house with one more noun: ``/play run 1`` plays the first plan; `more` is of its action."""
    plain = Action(*("play.do", Risk.CHANGE, replay, ()), look=stage.look, call=stage.call, watch=stage.watch)
    do = replace(plain, **more)  # type: ignore[arg-type]  # fields of Action
    undo = replace(do, name="play.undo", replay=Replay.REPEATABLE, at_once=None, whatever_happens=True)
    verb = Verb(
        "play", "run", words("Play."), Args, Risk.CHANGE, (), stage.plan, ("/play run 1",), (do, undo)
    )
    path = replace(
        at_home.path,
        grammar=Grammar(by_name([verb]), Vocabulary((HERE.account,), (HERE.region, "us-east-1"))),
        policy=Policy.load(policy, [(name, verb.risk) for name in (verb.action, do.name, undo.name)]),
        actions={action.name: action for action in verb.actions},
        verbs=by_name([verb]),
    )
    yield House(path, Engine(path, at_home.engine._bell), at_home.time)


def ends(there: House, number: int) -> dict[str, StepState]:
    """Where each step stands."""
    return {row.step.key: row.state for row in there.steps(number)}
