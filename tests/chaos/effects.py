"""What really happened in AWS, counted outside of toban: a witness stands in the local AWS.

For each change that it sees carried out it asks the database at that moment, before AWS does it, whether the
audit log tells of it.  It knows which of toban's actions make which calls by what they declare of IAM.
"""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from playground.aws.answer import Answer, Cut
from playground.aws.call import Call, Request
from playground.aws.server import LocalAws

READS = ("Describe", "Get", "List", "Lookup", "Assume", "Receive", "Head", "GET ", "Search")
TOGGLES = frozenset({"StartInstances", "StopInstances"})
ONCE = frozenset({"RebootInstances", "SendCommand"})
"""Calls that do their work each time they are made; of the others, the same again changes nothing."""
_ID = re.compile(r"[a-z]+-[\w-]+")  # of an instance, a volume, a database, a group ...
_CALLER = re.compile(r"app/(\S+)")


class Books(Protocol):
    """The database, read beside toban."""

    def intents(self, ids: Sequence[str], tokens: Sequence[str]) -> "list[Intent]":
        """What is committed that speaks of these.  Raises OSError when it cannot be asked."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A batch, as the audit log tells of it."""

    batch: int
    action: str
    operation: int
    at: datetime


@dataclass(slots=True)
class Effect:
    """A change that AWS carried out."""

    at: datetime
    caller: str
    action: str
    account: str
    region: str
    ids: tuple[str, ...]
    tokens: tuple[str, ...]
    outcome: str
    intent: Intent | None = None
    asked: bool = True  # whether the database could be asked at that moment
    again: bool = False  # it changed nothing: the same was there already


@dataclass
class Effects:
    """All of them, in the order in which they came."""

    aws: LocalAws
    books: Books
    makes: Mapping[str, frozenset[str]]  # toban's action -> calls of AWS's
    seen: list[Effect] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[tuple[str, ...], tuple[str, str]] = {}

    def attend(self, carry_out: Callable[..., Answer | Cut]) -> Callable[..., Answer | Cut]:
        """The same AWS, with the witness beside it."""

        def attended(front: Any, request: Request, call: Call) -> Answer | Cut:
            caller = _CALLER.search(request.headers.get("user-agent", ""))
            if caller is None or call.action.startswith(READS):
                return carry_out(front, request, call)
            effect = self._expected(call, caller[1])
            before = self._states(effect)
            result = carry_out(front, request, call)
            effect.outcome = result.outcome
            self._note(effect, call, before)
            return result

        return attended

    def resolve(self) -> None:
        """Ask again about what could not be asked at its time: only what was committed before counts."""
        for one in self.seen:
            if not one.asked:
                one.intent = self._intent(one, before=one.at)

    def _expected(self, call: Call, caller: str) -> Effect:
        named = {key: value for key, value in call.params.items() if key not in ("Action", "Version")}
        tokens = tuple(sorted({value for value in named.values() if value.startswith("toban-")}))
        ids = tuple(sorted({value for value in named.values() if _ID.fullmatch(value)} - set(tokens)))
        made = Effect(
            datetime.now(UTC), caller, call.action, call.account, call.region, ids, tokens, outcome=""
        )
        try:
            made.intent = self._intent(made)
        except OSError:
            made.asked = False
        return made

    def _intent(self, effect: Effect, before: datetime | None = None) -> Intent | None:
        """The newest that makes such calls."""
        told = self.books.intents(effect.ids, effect.tokens)
        fit = [
            one
            for one in told
            if effect.action in self.makes.get(one.action, ()) and (before is None or one.at <= before)
        ]
        return max(fit, key=lambda one: one.batch, default=None)

    def _note(self, effect: Effect, call: Call, before: tuple[str, ...]) -> None:
        with self._lock:
            self.calls[effect.outcome] += 1
            if effect.outcome not in ("ok", "cut-after"):
                return
            effect.again = self._changes_nothing(effect, call, before)
            self.seen.append(effect)

    def _changes_nothing(self, effect: Effect, call: Call, before: tuple[str, ...]) -> bool:
        if effect.action in ONCE:
            return False
        if effect.action in TOGGLES:
            return self._states(effect) == before
        if "ClientToken" in call.params and effect.tokens:
            key: tuple[str, ...] = ("token", call.params["ClientToken"])
        elif effect.tokens:
            return False
        else:
            key = (effect.account, effect.region, *effect.ids[:1])
        told = (effect.action, repr(sorted(call.params.items())))
        same = self._last.get(key) == told
        self._last[key] = told
        return same

    def _states(self, effect: Effect) -> tuple[str, ...]:
        """How the instances stand that a call is about."""
        if effect.action not in TOGGLES:
            return ()
        with self.aws.control.lock:
            there = self.aws.backend("ec2", effect.account, effect.region)
            return tuple(
                "running" if one.state in ("running", "pending") else "stopped"
                for one in _instances(there, effect.ids)
            )


def _instances(there: Any, ids: Sequence[str]) -> Iterator[Any]:
    known = {one.id: one for one in there.all_instances()}
    return (known[one] for one in ids if one in known)


def calls_of(actions: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Which calls each of toban's actions makes, by what it declares of IAM."""
    return {name: frozenset(each.partition(":")[2] for each in actions[name].iam) for name in actions}
