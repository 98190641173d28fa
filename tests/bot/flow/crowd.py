"""A crowd of lamps instead of AWS: a verb that lights them, with a call that goes wrong on order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from aws.account import Place
from aws.errors import AwsError, NoAnswer, Refused, Throttled
from aws.said import Said
from bot.arguments import Kind, arg
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, Verb, World
from bot.engine import Engine
from bot.flow import plan
from bot.grammar.grammar import Grammar, Vocabulary
from bot.operation import State
from bot.plan import Fields, Plan, Resource, Step
from bot.policy.policy import Policy
from bot.words import words
from tests.by_name import by_name
from tests.house import House

ANYBODY = '@id("anybody") permit (principal, action, resource);'
HERE = Place("dev", "ap-northeast-1")


@dataclass(frozen=True, slots=True)
class Args:
    """How many lamps."""

    count: int = arg(Kind.NUMBER, words("how many"), option=False, required=True)


@dataclass
class Crowd:
    """Lamps that are off, and what happens to the calls that light them."""

    lit: list[str] = field(default_factory=list)  # in the order they were lit; twice is seen here
    calls: list[tuple[str, ...]] = field(default_factory=list)
    tokens: dict[str, tuple[str, ...]] = field(default_factory=dict)  # token -> what was lit under it
    before: Callable[[tuple[str, ...]], AwsError | None] = lambda _ids: None  # nothing was done
    after: Callable[[tuple[str, ...]], AwsError | None] = lambda _ids: None  # it was done
    on_look: Callable[[], object] = lambda: None
    on_call: Callable[[], object] = lambda: None
    on_watch: Callable[[], object] = lambda: None
    after_needs: bool = False  # each lamp needs the one before it
    second_undoes: bool = False  # the second lamp is the way back of the first

    def plan(self, args: Args, _world: World) -> Plan:
        """One step a lamp."""
        keys = [f"l-{n}" for n in range(args.count)]
        steps = tuple(
            Step(
                key,
                "lamp.light",
                Resource(HERE.account, HERE.region, "lamp", key),
                (("lamp", "off"),),
                (("lamp", "on"),),
                needs=tuple(keys[n - 1 : n]) if self.after_needs else (),
                undoes=keys[0] if self.second_undoes and n == 1 else "",
            )
            for n, key in enumerate(keys)
        )
        return Plan(words("light {n}", n=args.count), steps)

    def look(self, _world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
        """On or off."""
        self.on_look()
        return {step.key: (("lamp", "on" if step.key in self.lit else "off"),) for step in steps}

    def call(self, _world: World, batch: Batch) -> Called:
        """Light the lamps of the batch, unless it goes wrong."""
        ids = tuple(step.key for step in batch.steps)
        self.calls.append(ids)
        self.on_call()
        if error := self.before(ids):
            raise error
        self.lit += ids
        self.tokens[batch.token] = ids
        if error := self.after(ids):
            raise error
        return Called("request-1")

    def find(self, _world: World, batch: Batch) -> Called | None:
        """What was lit under this token."""
        return Called("") if batch.token in self.tokens else None

    def watch(self, _world: World, _place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
        """Lit is what is lit."""
        self.on_watch()
        return {
            one.step.key: Seen(Sight.REACHED if one.step.key in self.lit else Sight.COMING, words("so"))
            for one in sent
        }


@contextmanager
def lamps(
    at_home: House, crowd: Crowd, replay: Replay, most: int = 8, *, back: bool = False
) -> Iterator[House]:
    """The house with one more noun: ``/lamp light 8``."""
    action = Action(
        "lamp.light",
        Risk.CHANGE,
        replay,
        (),
        look=crowd.look,
        call=crowd.call,
        watch=crowd.watch,
        find=crowd.find if replay is Replay.BY_TAG else None,
        most=most,
        within=timedelta(minutes=10),
        whatever_happens=back,
    )
    help_ = words("Light lamps.")
    verb = Verb("lamp", "light", help_, Args, Risk.CHANGE, (), crowd.plan, ("/lamp light 2",), (action,))
    path = replace(
        at_home.path,
        grammar=Grammar(by_name([verb]), Vocabulary((HERE.account,), (HERE.region,))),
        policy=Policy.load(ANYBODY, [(verb.action, verb.risk)]),
        actions={action.name: action},
    )
    bell = at_home.engine._bell
    yield House(path, Engine(path, bell), at_home.time)


def planned(there: House) -> int:
    """Agreed to, and not begun."""
    there.ask("/lamp light 3")
    (claim,) = there.engine._claim(1)
    plan.plan(there.path, claim)
    assert there.operation(claim.number).state is State.QUEUED
    return claim.number


def cut() -> NoAnswer:
    """The line broke: it may or may not have happened."""
    return NoAnswer("lighting lamps", Said("the line broke", doubtful=True))


def throttled() -> Throttled:
    """Too many requests: nothing was done."""
    return Throttled("lighting lamps", Said("slow down", code="RequestLimitExceeded"))


def refused() -> Refused:
    """AWS says no to the whole call."""
    return Refused("lighting lamps", Said("one of them is broken", code="InvalidLamp"))
