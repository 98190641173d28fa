"""Orders for commands on instances: how long they run, how they end, what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.aws.backup_orders import BackupOrders
from playground.aws.commands import ENDS, CommandTimes, SentCommand
from playground.aws.traffic import Spoilt


@dataclass(slots=True)
class CommandOrders(BackupOrders):
    """What may be ordered of Systems Manager's Run Command."""

    @property
    def commands(self) -> CommandTimes:
        """The commands that were sent."""
        return self.times.commands

    def commands_take(self, seconds: float | None, hidden: float = 0.0) -> None:
        """Let new commands run so long (None: until released), and be unknown for `hidden`."""
        self.commands.takes, self.commands.hidden = seconds, hidden

    def fail_commands(self, count: int = 1, status: str = "Failed") -> None:
        """Let the next `count` commands end as "Failed", "TimedOut" or "Cancelled".

        Raises ValueError for another status.
        """
        self.commands.failing, self.commands.failure = count, _end(status)

    def fail_commands_on(self, instance_id: str, status: str = "Failed") -> None:
        """Let every new command end so on this instance.  Raises ValueError for another status."""
        self.commands.ends[instance_id] = _end(status)

    def commands_say(self, output: str, instance_id: str = "") -> None:
        """Let new commands write this, everywhere or on one instance."""
        if instance_id:
            self.commands.outputs[instance_id] = output
        else:
            self.commands.output = output

    def release_commands(self, ids: Sequence[str] = (), status: str | None = None) -> int:
        """End running commands now, all or these; return how many."""
        with self.lock:
            return self.commands.release(tuple(ids), status and _end(status))

    def without_agent(self, instance_id: str) -> None:
        """Let no command reach this instance."""
        self.commands.without_agent.add(instance_id)

    def commands_write(self) -> None:
        """Let new commands write what they usually do, such as `df`, unless something else is ordered."""
        self.commands.by_itself = True

    def lose_agent(self, instance_id: str) -> None:
        """Let the agent on this instance be silent from now on."""
        self.commands.lost[instance_id] = self.commands.clock.now()

    def spoilt(self, instance_id: str) -> Spoilt | None:
        """Return what is spoilt of what an instance sends at this moment, by commands on it."""
        with self.lock:
            return self.commands.spoilt(instance_id)

    def commands_sent(self) -> tuple[SentCommand, ...]:
        """Return what was sent to instances, oldest first."""
        with self.lock:
            return self.commands.sent()


def _end(status: str) -> str:
    if status not in ENDS:
        raise ValueError(f"{status} is none of {', '.join(ENDS)}")
    return status
