"""Each story of a verb's told once more for each right it uses, with that right refused (a plugin of pytest).

    pytest -p tests.bot.iam.denials --denials=FILE tests/commands/ec2/test_stop.py

Whatever a verb or an action of toban's asks of AWS in these tests is asked again without one right at a time:
what comes then, an error or an answer, must name that right.  What is found is written to FILE, a line for
each pair of who asked and what was refused: whether it was named, and what was said instead.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import commands
from aws.errors import AwsError
from bot.arguments import UsageError
from bot.command import Action, Verb
from bot.refusals import said
from tests.bot.iam.refusing import Wire
from tests.bot.iam.spoken import spoken

ASKED_BESIDE = {
    "autoscaling:CreateOrUpdateTags": ("autoscaling:CreateAutoScalingGroup",),
    "ec2:CreateTags": (
        *("ec2:CopyImage", "ec2:CopySnapshot", "ec2:CreateImage", "ec2:CreateLaunchTemplate"),
        *("ec2:CreateNetworkAcl", "ec2:CreateSecurityGroup", "ec2:CreateSnapshot", "ec2:CreateSnapshots"),
        *("ec2:CreateVolume", "ec2:RunInstances", "autoscaling:CreateAutoScalingGroup"),
    ),
    "ec2:DeleteSnapshot": ("ec2:DeregisterImage",),
    "ec2:RunInstances": ("autoscaling:CreateAutoScalingGroup",),
    "iam:PassRole": (
        *("ec2:RunInstances", "autoscaling:CreateAutoScalingGroup", "scheduler:CreateSchedule"),
        "synthetics:CreateCanary",
    ),
    **dict.fromkeys(
        ("lambda:AddPermission", "lambda:CreateFunction", "lambda:GetFunctionConfiguration"),
        ("synthetics:CreateCanary",),
    ),
    "lambda:PublishVersion": ("synthetics:CreateCanary",),
    "ssm:GetParameters": ("ec2:DescribeLaunchTemplateVersions",),
    "synthetics:TagResource": ("synthetics:CreateCanary",),
}
"""Rights that AWS asks for in the midst of another call."""


@dataclass
class Findings:
    """Who asked, what was refused, and the answers that did not name it."""

    named: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # -> the tests
    silent: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)  # -> test, answer
    test: str = ""
    every_time: bool = False  # also what was named already

    def note(self, who: str, right: str, answer: str) -> None:
        """One answer to one refusal."""
        if right in answer:
            self.named.setdefault((who, right), []).append(self.test)
        else:
            self.silent.setdefault((who, right), []).append((self.test, answer[:600]))

    def knows(self, who: str, right: str) -> bool:
        """Whether it was named already, and need not be refused again."""
        return (who, right) in self.named and not self.every_time

    def written(self) -> str:
        """A line of JSON for each pair."""
        rows = [
            {
                "who": who,
                "right": right,
                "named": self.named.get((who, right), []),
                "silent": self.silent.get((who, right), []),
            }
            for who, right in sorted({*self.named, *self.silent})
        ]
        return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


WIRE, FOUND = Wire(), Findings()
READS = ("Describe", "Get", "List")


def answer(ask: Callable[[], Any]) -> str:
    """What comes of it, in words."""
    try:
        return spoken(ask())
    except AwsError as error:
        return str(said(error))
    except UsageError as error:
        return str(error)


def rights(declared: Sequence[str], called: set[str]) -> Iterator[tuple[str, str]]:
    """Each right that was used here, with the call that is refused for want of it."""
    for right in declared:
        calls = [right] if right in called else [one for one in ASKED_BESIDE.get(right, ()) if one in called]
        yield from ((right, call) for call in calls[:1])


def reading(who: str, declared: Sequence[str], ask: Callable[..., Any]) -> Callable[..., Any]:
    """A function that only reads: as it is, and once more for each right."""

    def asked(*given: Any, **named: Any) -> Any:
        with WIRE.turn() as mine, WIRE.listening() as called:
            try:
                return ask(*given, **named)
            finally:
                for right, call in list(rights(declared, set(called))) if mine else ():
                    if FOUND.knows(who, right):
                        continue
                    with WIRE.refusing(call, right):
                        told = answer(lambda: ask(*given, **named))
                    if WIRE.hits:
                        FOUND.note(who, right, told)

    return asked


def changing(who: str, declared: Sequence[str], call: Callable[..., Any]) -> Callable[..., Any]:
    """The one change: refused for each right of its calls, up to the first that changes; then made."""

    def made(world: Any, batch: Any) -> Any:
        with WIRE.turn() as mine:
            if mine and not all(FOUND.knows(who, right) for right in declared):
                _refuse_each(who, declared, lambda: call(world, batch))
            return call(world, batch)

    return made


def _refuse_each(who: str, declared: Sequence[str], call: Callable[[], Any]) -> None:
    """Up to the first call that changes something: what would come after that is not reached."""
    passed: set[str] = set()
    while first := _first_call(call, passed):
        for right, name in rights(declared, {first}):
            with WIRE.refusing(name, right):
                FOUND.note(who, right, answer(call))
        if not first.partition(":")[2].startswith(READS):
            return
        passed.add(first)


def _first_call(ask: Callable[[], Any], passed: set[str]) -> str:
    """What is called first, beside what has passed; nothing comes of it.  "" when nothing else is called."""
    with WIRE.refusing_all_but(passed) as refused, suppress(AwsError, UsageError):
        ask()
    return refused[0] if refused else ""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--denials", default="", help="The file for what is found.")
    parser.addoption("--every-time", action="store_true", help="Also what was named in a test before.")


def pytest_configure(config: pytest.Config) -> None:
    FOUND.every_time = config.getoption("--every-time")
    for verb in commands.load():
        _wrap_verb(verb)
        for action in verb.actions:
            _wrap_action(action)


def _wrap_verb(verb: Verb[Any]) -> None:
    object.__setattr__(verb, "plan", reading(verb.action, verb.iam, verb.plan))


_WRAPPED: set[str] = set()


def _wrap_action(action: Action) -> None:
    if action.name in _WRAPPED:
        return
    _WRAPPED.add(action.name)
    for name in ("look", "watch", "find", "explain"):
        ask = getattr(action, name)
        if ask is not None:
            object.__setattr__(action, name, reading(f"@{action.name}", action.iam, ask))
    object.__setattr__(action, "call", changing(f"@{action.name}", action.iam, action.call))


@pytest.fixture(autouse=True)
def tapped(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    FOUND.test = request.node.nodeid
    WIRE.tap(monkeypatch)


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.getoption("--denials"):
        Path(config.getoption("--denials")).write_text(FOUND.written(), encoding="utf-8")
