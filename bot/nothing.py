"""A ledger for looking without a database: nothing was ever asked, nothing can be changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.arguments import UsageError
from bot.brief import AuditLine, AuditQuery, Brief, Change, Held, NightBrief, ScheduleBrief
from bot.schedule import Schedule
from bot.words import Words, words


class NoLedger:
    """The ledger of `toban plan`."""

    def __init__(self, schedules: Mapping[str, Schedule]) -> None:
        self._schedules = schedules

    def pending(self) -> Sequence[Brief]:
        """None."""
        return ()

    def operation(self, _number: int) -> Brief | None:
        """None."""
        return None

    def is_open(self, _number: int) -> bool:
        """Nothing is."""
        return False

    def nights(self, _verb: str, _since: datetime) -> Sequence[NightBrief]:
        """None."""
        return ()

    def told_file(self, _number: int) -> str:
        """Nothing."""
        return ""

    def was(self, _account: str, _region: str, _resource: str, _action: str) -> Sequence[tuple[str, str]]:
        """Nothing."""
        return ()

    def held(self) -> Sequence[Held]:
        """None."""
        return ()

    def last_change(self, _account: str, _region: str, _resource: str) -> Change | None:
        """None."""
        return None

    def search(self, _query: AuditQuery) -> Sequence[AuditLine]:
        """Nothing."""
        return ()

    def audit_is_broken(self) -> bool:
        """Not that anybody knows."""
        return False

    def schedules(self) -> Sequence[ScheduleBrief]:
        """As the config says; nobody has agreed to any."""
        return [
            ScheduleBrief(
                one.name,
                f"/{one.line}",
                one.when,
                one.owner,
                one.channel,
                one.digest,
                (),
                None,
                None,
                None,
                mail=one.mail,
            )
            for _, one in sorted(self._schedules.items())
        ]

    def cancel(self, _number: int, _person: str) -> Words:
        """Raises UsageError."""
        raise _ONLY_LOOKS

    def unreviewed(self) -> Sequence[Brief]:
        """None."""
        return ()

    def review(self, _number: int, _person: str) -> None:
        """Raises UsageError."""
        raise _ONLY_LOOKS

    def acknowledge_break(self, _person: str, _reason: str) -> None:
        """Raises UsageError."""
        raise _ONLY_LOOKS

    def approve_schedule(self, _name: str, _digest: str, _person: str) -> None:
        """Raises UsageError."""
        raise _ONLY_LOOKS

    def run_schedule(self, _name: str, _key: str) -> None:
        """Raises UsageError."""
        raise _ONLY_LOOKS

    def next_runs(self, _one: Schedule, _count: int = 3) -> Sequence[datetime]:
        """Nobody reckons them here."""
        return ()

    def add_schedule(self, _one: Schedule, _operation: int) -> None:
        """Raises UsageError."""
        raise _ONLY_LOOKS

    def pause_schedule(self, _name: str, _person: str) -> None:
        """Raises UsageError."""
        raise _ONLY_LOOKS

    def resume_schedule(self, _name: str, _person: str) -> None:
        """Raises UsageError."""
        raise _ONLY_LOOKS

    def skip_run(self, _name: str, _due: datetime, _person: str) -> None:
        """Raises UsageError."""
        raise _ONLY_LOOKS

    def remove_schedule(self, _name: str, _person: str) -> None:
        """Raises UsageError."""
        raise _ONLY_LOOKS


_ONLY_LOOKS = UsageError(words("This only looks; nothing can be changed from here."))
