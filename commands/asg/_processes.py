"""Suspending and resuming what Auto Scaling groups do by themselves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.account import Place
from aws.autoscaling_group import Group
from aws.autoscaling_process import PROCESSES
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, words
from commands.asg import _groups
from commands.reading import accounts_arg, regions_arg

if TYPE_CHECKING:
    from mypy_boto3_autoscaling import AutoScalingClient

ACTIVE, SUSPENDED = "active", "suspended"


@dataclass(frozen=True, slots=True)
class Args:
    """Which processes of which groups."""

    targets: Targets = _groups.targets_arg()
    process: tuple[str, ...] = arg(
        Kind.CHOICE,
        words("only this process; left out, all of them"),
        default=(),
        many=True,
        choices=PROCESSES,
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the two ways, as its verb says it."""

    action: str
    to: str  # ACTIVE or SUSPENDED
    summary: Callable[[int, int], Words]  # of so many groups, in so many
    warnings: Callable[[Sequence[str]], tuple[Words, ...]]  # for these processes


def plan(args: Args, world: World, turn: Turn) -> Plan:
    """One step for each group in which something changes."""
    found = _groups.find(world, args.targets, args.account, args.region)
    steps: list[Step] = []
    left: list[Left] = []
    for place, one in found:
        if changing := [name for name in args.process or PROCESSES if _state(one, name) != turn.to]:
            steps.append(_step(turn, place, one, changing))
        else:
            left.append(Left(_groups.resource(place, one), words("it is so already")))
    return Plan(turn.summary(len(found), len(steps)), tuple(steps), tuple(left), found.unread)


def _step(turn: Turn, place: Place, one: Group, changing: Sequence[str]) -> Step:
    return Step(
        key=f"{turn.action}/{place.account}/{place.region}/{one.name}",
        action=turn.action,
        target=_groups.resource(place, one),
        before=_all(changing, ACTIVE if turn.to == SUSPENDED else SUSPENDED),
        after=_all(changing, turn.to),
        warnings=turn.warnings(changing),
    )


def _all(names: Sequence[str], state: str) -> Fields:
    return tuple((name, state) for name in sorted(names))


def _state(one: Group, process: str) -> str:
    return SUSPENDED if process in one.suspended else ACTIVE


# -- both as actions -----------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each process that a step is about is suspended now."""
    found = _groups.of_steps(world, place, steps)
    return {
        step.key: tuple((name, _state(found[step.key], name)) for name, _ in step.after)
        for step in steps
        if step.key in found
    }


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when Auto Scaling shows each process as wanted."""
    now = look(world, place, [one.step for one in sent])
    return {one.step.key: seen(one.step, now[one.step.key]) for one in sent if one.step.key in now}


def seen(step: Step, now: Fields) -> Seen:
    """It is there when every process that the step is about shows as wanted.  Pure."""
    suspended = ", ".join(name for name, state in now if state == SUSPENDED)
    shows = words("suspended: {names}", names=suspended) if suspended else words("nothing of it is suspended")
    return Seen(Sight.REACHED if now == step.after else Sight.COMING, shows)


def action(name: str, iam: str, change: "Callable[[AutoScalingClient, str, Sequence[str]], str]") -> Action:
    """The change of the processes of a group, which may be repeated."""

    def call(world: World, batch: Batch) -> Called:
        (step,) = batch.steps
        autoscaling = world.aws.autoscaling(batch.place)
        return Called(change(autoscaling, step.target.id, [process for process, _ in step.after]))

    return Action(
        name=name,
        risk=Risk.CHANGE,
        replay=Replay.REPEATABLE,
        iam=(iam, *_groups.READS),
        look=look,
        call=call,
        watch=watch,
    )
