"""How the backup of each volume and instance went, from how its steps ended.  Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.command import Ended
from bot.plan import Left, Resource
from bot.words import Words, words

TARGETS = {"volume": "vol-", "instance": "i-", "database": ""}
"""What is backed up; whatever else is left alone, such as a snapshot that an image uses, is no target."""
REMOVALS = frozenset({"delete", "deregister"})
KINDS = REMOVALS | {"create", "copy"}
"""Steps that are about a target's generations; others, such as a freeze and its way back, only serve them."""
GRAVEST = ("unknown", "failed", "skipped")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with one target."""

    target: Resource
    state: str  # done, failed, skipped, unknown
    why: Words | None = None
    to_do: Words | None = None  # what a person can do about it
    made: tuple[str, ...] = ()  # ids of new generations
    copies: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()  # ids of old generations and copies
    missing: bool = False  # something that was asked for is not there


def outcomes(ended: Sequence[Ended], left: Iterable[Left]) -> list[Outcome]:
    """One for each target, in the plan's order; what needed nothing is skipped."""
    groups: dict[str, list[Ended]] = {}
    for one in ended:
        if _kind(one) in KINDS:
            groups.setdefault(_about(one), []).append(one)
    idle = {one.target.id: one for one in left if one.target.type in TARGETS}
    found = [_outcome(target, steps) for target, steps in groups.items()]
    return found + [Outcome(one.target, "skipped", one.why) for id_, one in idle.items() if id_ not in groups]


def _about(one: Ended) -> str:
    return one.step.about or one.step.target.id


def _outcome(about: str, steps: Sequence[Ended]) -> Outcome:
    made = Outcome(
        _target(about, steps),
        "done",
        made=_results(steps, "create"),
        copies=_results(steps, "copy"),
        removed=tuple(one.step.target.id for one in steps if _removed(one)),
    )
    trouble = _trouble(steps)
    if trouble is None:
        return replace(made, why=_stays(steps))
    to_do = _to_do(about, trouble)
    return replace(made, state=trouble.state, why=trouble.why, to_do=to_do, missing=True)


def _trouble(steps: Sequence[Ended]) -> Ended | None:
    """The first step that ended worst; an old generation that stays since it changed is no trouble."""
    return next(
        (
            one
            for state in GRAVEST
            for one in steps
            if one.state == state and not (state == "skipped" and _kind(one) in REMOVALS)
        ),
        None,
    )


def _stays(steps: Sequence[Ended]) -> Words | None:
    """Why an old generation stays although it was to go."""
    return next((one.why for one in steps if one.state == "skipped"), None)


def _to_do(about: str, trouble: Ended) -> Words:
    match trouble.state, _kind(trouble):
        case "unknown", _:
            return words("look at it in AWS: it may or may not have happened")
        case _, "create":
            return words("“/backup tonight {id}” tries again now", id=about)
        case _, "copy":
            return words("the next night copies again; a key or a right may be missing there")
        case _:
            return words("the new generation is there; the next night removes the old one again")


def _target(about: str, steps: Sequence[Ended]) -> Resource:
    """The target as it was asked for; a copy's step names its destination."""
    known = [one.step for one in steps if one.step.target.id == about]
    step = next((one for one in known if "source_region" not in dict(one.inputs)), None)
    if step is not None:
        return step.target
    first = (known or [one.step for one in steps])[0]
    kind = next((kind for kind, prefix in TARGETS.items() if prefix and about.startswith(prefix)), "database")
    region = dict(first.inputs).get("source_region", first.target.region)
    return Resource(first.target.account, region, kind, about, first.target.name if known else "")


def helpers(ended: Iterable[Ended]) -> list[Ended]:
    """The steps that serve the others: freezes, thaws, the signal."""
    return [one for one in ended if _kind(one) not in KINDS]


def _results(steps: Iterable[Ended], kind: str) -> tuple[str, ...]:
    return tuple(one.result for one in steps if one.state == "done" and one.result and _kind(one) == kind)


def _removed(one: Ended) -> bool:
    return one.state == "done" and _kind(one) in REMOVALS


def _kind(one: Ended) -> str:
    return one.step.action.partition(".")[2]


def counts(found: Iterable[Outcome]) -> Mapping[str, int]:
    """How many ended how; the sum is the number of targets."""
    counted = {"done": 0, "failed": 0, "skipped": 0, "unknown": 0}
    for one in found:
        counted[one.state] += 1
    return counted
