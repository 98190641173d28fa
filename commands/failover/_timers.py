"""Who holds the timer of each way back: AWS, where its account names a role for that, or toban alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.command import World
from bot.plan import Step
from bot.words import Words, words
from commands.changes import hold_timer
from commands.changes.hold_timer import AFTERWARDS, HOLD, HOLD_NAME, PREPARES, RELEASE
from commands.failover._block import Block

ACTIONS = (HOLD, RELEASE)
MARGIN = timedelta(minutes=2)
"""So much later than toban's own way back AWS makes it: a timer comes within a minute of its moment."""
SHOWN = 8  # names in one sentence

Steps = Mapping[str, Step]


@dataclass(frozen=True, slots=True)
class Held:
    """A way back whose timer AWS holds as well."""

    back: Step
    hold: Step
    release: Step


def held(world: World, block: Block) -> Block:
    """The block with a timer at AWS for each way back that is one call, where there is a role for it.

    What is held already stays as it is.
    """
    steps = {one.key: one for one in block.steps}
    pairs = [found for one in block.steps if (found := _pair(world, steps, one)) is not None]
    before = {one.back.undoes: one for one in pairs if one.back.action not in AFTERWARDS}
    behind = {one.back.undoes: one for one in pairs if one.back.action in AFTERWARDS}
    back = {one.back.key: one for one in pairs}
    made: list[Step] = []
    for one in block.steps:
        if one.key in before:
            hold = before[one.key].hold
            made += [hold, replace(one, needs=(*one.needs, hold.key))]
        else:
            made.append(one)
        made += [behind[one.key].hold] if one.key in behind else []
        made += [back[one.key].release] if one.key in back else []
    return replace(block, steps=tuple(made))


def _pair(world: World, steps: Steps, back: Step) -> Held | None:
    role = _role(world, back)
    if not role or f"{HOLD_NAME}/{back.key}" in steps or (comes := _comes(steps, back)) is None:
        return None
    call = PREPARES[back.action](world, back)
    hold = hold_timer.holding(steps[back.undoes], back, call, role, comes + MARGIN)
    return Held(back, hold, hold_timer.releasing(hold, back))


def _role(world: World, back: Step) -> str:
    """The role for the timer of a step; "" when there is none, or it is no way back of one call."""
    if back.action not in PREPARES or not back.undoes:
        return ""
    return world.aws.config(back.target.account).timer_role or ""


def _comes(steps: Steps, back: Step) -> timedelta | None:
    """How long after its fault begins toban itself makes a way back, at the longest; None: nobody can say.

    People may take their time at the gates between stages; what waits for another way back comes behind it.
    """
    behind = [steps[key] for key in back.follows if key != back.undoes and key in steps]
    if back.after_a_while is not None:
        return back.after_a_while + sum(
            (one.within + MARGIN for one in _before(steps, behind) if one.within), timedelta()
        )
    comes = [_comes(steps, one) for one in behind if one.undoes]
    known = [one for one in comes if one is not None]
    return max(known) + MARGIN if known and len(known) == len(comes) else None


def _before(steps: Steps, these: Iterable[Step]) -> tuple[Step, ...]:
    """What has to be done before these, each once."""
    found: dict[str, Step] = {}
    left = list(these)
    while left:
        new = [steps[key] for key in left.pop().needs if key in steps and key not in found]
        found |= {one.key: one for one in new}
        left += new
    return tuple(found.values())


# -- what the plan says of it --------------------------------------------------------------------------


def notes(world: World, steps: Sequence[Step]) -> tuple[Words, ...]:
    """Who holds the timer of which way back; of those with a timer of another kind their blocks say it."""
    of = {one.key: one for one in steps}
    holds = {one.key: one for one in steps if one.action == HOLD_NAME}
    backs = [one for one in steps if one.action in PREPARES and one.undoes and _comes(of, one) is not None]
    by_aws = [one for one in backs if f"{HOLD_NAME}/{one.key}" in holds]
    alone = [one for one in backs if one not in by_aws]
    return (*_by_aws(by_aws, holds), *_alone(world, alone))


def _by_aws(backs: Sequence[Step], holds: Steps) -> Iterator[Words]:
    if not backs:
        return
    seconds = max(int(dict(holds[f"{HOLD_NAME}/{one.key}"].inputs)["seconds"]) for one in backs)
    yield words(
        "should toban be gone, AWS itself puts back {names}: EventBridge Scheduler holds a timer for each,"
        " of {much} at the most",
        names=_names(backs),
        much=timedelta(seconds=seconds),
    )
    yield words("AWS looks at nothing before it: what somebody else changed of them by then is overwritten")
    if behind := [one for one in backs if one.action in AFTERWARDS]:
        yield words(
            "the timer of {names} is set in the seconds behind the cut, since its call is known only then",
            names=_names(behind),
        )


def _alone(world: World, backs: Sequence[Step]) -> Iterator[Words]:
    if not backs:
        return
    yield words(
        "put back by toban, which must be alive for it: {names}; a restart goes on with it",
        names=_names(backs),
    )
    without = dict.fromkeys(one.target.account for one in backs if not _role(world, one))
    for account in without:
        yield words(
            "AWS can hold these timers as well: name a role for EventBridge Scheduler in the config, as"
            " timer_role of [accounts.{account}]",
            account=account,
        )


def _names(steps: Iterable[Step]) -> str:
    names = list(dict.fromkeys(one.target.name or one.target.id for one in steps))
    return ", ".join((*names[:SHOWN], "…") if len(names) > SHOWN else names)
