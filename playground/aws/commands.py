"""Commands sent to instances: how long they run, how they end, and what was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from playground.aws import traffic
from playground.aws.clock import Clock
from playground.aws.shell import printed
from playground.aws.traffic import Spoilt

ENDS = ("Success", "Failed", "TimedOut", "Cancelled")


@dataclass(frozen=True, slots=True)
class SentCommand:
    """One SendCommand, and how it will end on each of its instances."""

    id: str
    account: str
    region: str
    document: str
    instance_ids: tuple[str, ...]
    parameters: Mapping[str, Sequence[str]]
    comment: str
    sent: float  # on the clock
    seen: float  # on the clock: before it, GetCommandInvocation knows nothing
    due: float | None  # on the clock; None: until released
    end: str  # one of ENDS
    output: str = ""  # what it writes, to stdout or, failing, to stderr
    version: str = "$DEFAULT"  # of the document
    limit: float | None = None  # seconds after which it is stopped
    ends: Mapping[str, str] = field(default_factory=dict)  # instance id -> how it ends there
    outputs: Mapping[str, str] = field(default_factory=dict)  # instance id -> what it writes there

    def status(self, now: float, instance_id: str = "") -> str:
        """Return Systems Manager's word for where it stands on an instance."""
        stopped = None if self.limit is None else self.sent + self.limit
        if stopped is not None and now >= stopped and (self.due is None or self.due > stopped):
            return "TimedOut"
        if self.due is None or now < self.due:
            return "InProgress"
        return self.ends.get(instance_id, self.end)

    def says(self, instance_id: str) -> str:
        """Return what it writes on an instance."""
        return self.outputs.get(instance_id) or self.output


@dataclass(slots=True)
class CommandTimes:
    """The commands that were sent, and how the next ones will go."""

    clock: Clock
    takes: float | None = 0.0  # seconds; None: until released
    hidden: float = 0.0  # seconds during which GetCommandInvocation does not know a new command
    failing: int = 0  # so many of the next commands end as `failure`
    failure: str = "Failed"  # one of ENDS
    output: str = ""  # what the next commands write
    by_itself: bool = False  # a command that nothing was ordered of writes what it usually does
    ends: dict[str, str] = field(default_factory=dict)  # instance id -> how commands end there
    outputs: dict[str, str] = field(default_factory=dict)  # instance id -> what commands write there
    without_agent: set[str] = field(default_factory=set)  # instance ids
    lost: dict[str, float] = field(default_factory=dict)  # instance id -> since when its agent is silent
    _sent: dict[str, SentCommand] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every command; the next ones succeed at once."""
        self.takes, self.hidden, self.failing = 0.0, 0.0, 0
        self.failure, self.output, self.by_itself = "Failed", "", False
        for each in (self.ends, self.outputs, self.without_agent, self.lost, self._sent):
            each.clear()

    def send(
        self,
        key: str,
        account: str,
        region: str,
        document: str,
        instance_ids: Sequence[str],
        parameters: Mapping[str, Sequence[str]],
        comment: str,
        version: str = "$DEFAULT",
    ) -> SentCommand:
        """Take a command on."""
        end, self.failing = (self.failure, self.failing - 1) if self.failing > 0 else ("Success", 0)
        now = self.clock.now()
        due = None if self.takes is None else now + self.takes
        made = SentCommand(
            key, account, region, document, tuple(instance_ids), parameters, comment,
            now, now + self.hidden, due, end, self._output(parameters),
            version, _limit(parameters), dict(self.ends), dict(self.outputs),
        )  # fmt: skip
        made = self._held_up(made)
        self._sent[key] = made
        return made

    def _output(self, parameters: Mapping[str, Sequence[str]]) -> str:
        commands = parameters.get("commands", ())
        usual = traffic.printed(commands) or (printed(commands) if self.by_itself else "")
        return self.output or usual

    def _held_up(self, made: SentCommand) -> SentCommand:
        """The same, failing where something is spoilt already that it would spoil."""
        commands, when = (
            made.parameters.get("commands", ()),
            self.clock.now() if made.due is None else made.due,
        )
        why = {one: traffic.refused(commands, self.spoilt(one, when)) for one in made.instance_ids}
        busy = {one: said for one, said in why.items() if said}
        ends = {**made.ends, **dict.fromkeys(busy, "Failed")}
        return replace(made, ends=ends, outputs={**made.outputs, **busy})

    def spoilt(self, instance_id: str, when: float | None = None) -> Spoilt | None:
        """Return what is spoilt of what an instance sends, now or then."""
        now = self.clock.now() if when is None else when
        return traffic.spoilt(
            (
                (one.due, one.parameters.get("commands", ()))
                for one in self._sent.values()
                if instance_id in one.instance_ids
                and one.due is not None
                and one.status(now, instance_id) == "Success"
            ),
            now,
        )

    def known(self, key: str, account: str, region: str) -> SentCommand | None:
        """Return the command of this place, or None while nobody can see it."""
        one = self._sent.get(key)
        if one is None or (one.account, one.region) != (account, region) or self.clock.now() < one.seen:
            return None
        return one

    def sent(self) -> tuple[SentCommand, ...]:
        """Return everything that was sent, oldest first."""
        return tuple(self._sent.values())

    def release(self, ids: tuple[str, ...] = (), end: str | None = None) -> int:
        """End these commands now (none named: all that run); return how many there were."""
        now = self.clock.now()
        running = [one for one in self._sent.values() if one.status(now) == "InProgress"]
        chosen = [one for one in running if not ids or one.id in ids]
        for one in chosen:
            self._sent[one.id] = replace(one, due=now, end=end or one.end)
        return len(chosen)


def _limit(parameters: Mapping[str, Sequence[str]]) -> float | None:
    """Return the document's own time limit, where it has one."""
    given = parameters.get("executionTimeout")
    return float(given[0]) if given else None
