"""A drill: a failure test from its steady state to its verdict, as commands may read it.

A leaf of bot/: it imports no other part of bot/ but `arguments`, `probe` and `words`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from bot import probe as probes
from bot.arguments import UsageError
from bot.probe import Probe, Sample
from bot.words import Words, words


@dataclass(frozen=True, slots=True)
class Alarm:
    """A CloudWatch alarm that ends a drill when it rings."""

    account: str
    region: str
    name: str


@dataclass(frozen=True, slots=True)
class Watched:
    """What of AWS is told on the drill's axis: its events, beside what users see."""

    account: str
    region: str
    kind: str  # database, cluster, cache, group, targets, instance
    id: str


@dataclass(frozen=True, slots=True)
class Spec:
    """What a drill is, as its plan says and people approve."""

    kind: str  # zone, database, instance …
    account: str  # one drill at a time in each
    region: str
    about: str  # what is broken, in AWS's words: such as ap-northeast-1a of vpc-1
    lasts: timedelta  # then the way back begins, whoever is there
    probes: tuple[Probe, ...]
    before: timedelta = timedelta(seconds=10)  # so long all must be well first
    after: timedelta = timedelta(seconds=120)  # in so long all must be well again
    stop_errors: float | None = None  # the share of failing probes, 0 to 1, that ends it at once
    stop_alarms: tuple[Alarm, ...] = ()
    watched: tuple[Watched, ...] = ()


TIMER = "timer"
"""The type of what holds a way back's moment at AWS: it breaks nothing, and puts nothing back by itself."""


class Phase(StrEnum):
    """Where a drill stands."""

    STEADY = "steady"  # nothing is broken yet: it is looked whether all is well
    BROKEN = "broken"  # the fault goes in, or is in
    BACK = "back"  # the way back is under way
    AFTER = "after"  # all is put back; it is looked whether all is well again
    OVER = "over"


class Source(StrEnum):
    """Who says what happened on a drill's axis."""

    TOBAN = "toban"  # a call of its own was answered
    AWS = "aws"  # an event of RDS, Auto Scaling, Elastic Load Balancing …
    PERSON = "person"  # somebody clicked or typed


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened, on the drill's axis."""

    at: datetime
    source: Source
    said: Words
    key: str  # once for each
    way_back: bool = False  # of a call of toban's


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an experiment of the config."""

    line: str  # as it could be asked by itself: "failover run zone ap-northeast-1a"
    later: timedelta = timedelta(0)  # so long after the steady state it begins


@dataclass(frozen=True, slots=True)
class Gate:
    """A stage that a person let begin."""

    stage: int
    opened_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill as it stands."""

    number: int  # of its operation
    spec: Spec
    person: str  # who asked for it
    begun: datetime  # when probing began
    broken: datetime | None = None  # when the first call of the fault was sent
    returning: datetime | None = None  # when the first call of the way back was sent
    restored: datetime | None = None  # when AWS showed that all of it is put back
    ended: datetime | None = None
    stopped: Words | None = None  # why it was ended before its time

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        if self.ended:
            return Phase.OVER
        if self.restored:
            return Phase.AFTER
        if self.returning:
            return Phase.BACK
        return Phase.BROKEN if self.broken else Phase.STEADY


class Drills(Protocol):
    """The drills and probes as commands may read and change them."""

    def probes(self) -> Mapping[str, Probe]:
        """Those that the config names."""

    def experiments(self) -> Mapping[str, Sequence[Part]]:
        """Those that the config names."""

    def try_out(self, asked: Sequence[Probe]) -> Sequence[Sample]:
        """Ask each once, now, side by side: whether a system that is to be broken is well."""

    def get(self, number: int) -> Drill | None:
        """One, by the number of its operation."""

    def find(self, *, open_only: bool = False, most: int = 20) -> Sequence[Drill]:
        """The newest first."""

    def samples(self, number: int, since: datetime | None = None) -> Sequence[Sample]:
        """What its probes were answered, in the order in which they asked."""

    def marks(self, number: int) -> Sequence[Mark]:
        """What happened meanwhile, in order."""

    def gates(self, number: int) -> Sequence[Gate]:
        """The stages of an operation that somebody let begin."""

    def begin(self, number: int, spec: Spec, person: str, at: datetime) -> str:
        """Begin to probe; the second time changes nothing.  Returns what keeps it from it, or ""."""

    def open_gate(self, number: int, stage: int, person: str, at: datetime) -> None:
        """Let a stage begin; the first who does stands there."""


class NoDrills:
    """Somebody who only looks: there was never a drill, and none can begin."""

    def probes(self) -> Mapping[str, Probe]:
        """None."""
        return {}

    def experiments(self) -> Mapping[str, Sequence[Part]]:
        """None."""
        return {}

    def try_out(self, _asked: Sequence[Probe]) -> Sequence[Sample]:
        """None."""
        return ()

    def get(self, _number: int) -> Drill | None:
        """None."""
        return None

    def find(self, *, open_only: bool = False, most: int = 20) -> Sequence[Drill]:  # noqa: ARG002 - the protocol's
        """None."""
        return ()

    def samples(self, _number: int, _since: datetime | None = None) -> Sequence[Sample]:
        """None."""
        return ()

    def marks(self, _number: int) -> Sequence[Mark]:
        """None."""
        return ()

    def gates(self, _number: int) -> Sequence[Gate]:
        """None."""
        return ()

    def begin(self, _number: int, _spec: Spec, _person: str, _at: datetime) -> str:
        """Raises UsageError."""
        raise UsageError(words("A drill cannot begin from here."))

    def open_gate(self, _number: int, _stage: int, _person: str, _at: datetime) -> None:
        """Raises UsageError."""
        raise UsageError(words("A drill cannot go on from here."))


def to_json(spec: Spec) -> dict[str, Any]:
    """The form that is stored and approved; `from_json` reads it back."""
    return {
        "kind": spec.kind,
        "account": spec.account,
        "region": spec.region,
        "about": spec.about,
        "lasts": spec.lasts.total_seconds(),
        "probes": [probes.to_json(one) for one in spec.probes],
        "before": spec.before.total_seconds(),
        "after": spec.after.total_seconds(),
        "stop_errors": spec.stop_errors,
        "stop_alarms": [[one.account, one.region, one.name] for one in spec.stop_alarms],
        "watched": [[one.account, one.region, one.kind, one.id] for one in spec.watched],
    }


def from_json(stored: dict[str, Any]) -> Spec:
    """Read what `to_json` wrote."""
    return Spec(
        kind=stored["kind"],
        account=stored["account"],
        region=stored["region"],
        about=stored["about"],
        lasts=timedelta(seconds=stored["lasts"]),
        probes=tuple(map(probes.from_json, stored["probes"])),
        before=timedelta(seconds=stored["before"]),
        after=timedelta(seconds=stored["after"]),
        stop_errors=stored["stop_errors"],
        stop_alarms=tuple(Alarm(*one) for one in stored["stop_alarms"]),
        watched=tuple(Watched(*one) for one in stored["watched"]),
    )
