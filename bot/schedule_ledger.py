"""The schedules as commands may read and change them: the part of the Ledger that is about them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.brief import Brief, ScheduleBrief
from bot.schedule import Schedule
from bot.schedules import Schedules
from bot.store import approvals, audit, chat_schedules, schedules
from bot.store.audit import Event
from bot.store.database import Database
from bot.store.schedules import Standing

RunNow = Callable[[Schedule, str], None]
NextDue = Callable[[Schedule, datetime], datetime | None]

RUNS = 3  # of each schedule that are told ahead


class ScheduleLedger:
    """Schedules over the database; whoever holds the same `Schedules` sees each change at once."""

    def __init__(
        self,
        db: Database,
        known: Schedules,
        *,
        now: Callable[[], datetime],
        run_now: RunNow,
        next_due: NextDue,
    ) -> None:
        self._db = db
        self._schedules = known
        self._now = now
        self._run_now = run_now
        self._next_due = next_due

    def take_up(self) -> None:
        """Read which schedules were added from chat."""
        self._schedules.take_up(self._db.read(chat_schedules.every))

    # -- reads -------------------------------------------------------------------------------------

    def schedules(self) -> Sequence[ScheduleBrief]:
        """The schedules there are, by name."""

        def read(tx: Connection) -> list[ScheduleBrief]:
            stands, ran = schedules.standings(tx), dict(schedules.last_runs(tx))
            agreed = schedules.agreements(tx)
            for unseen in self._schedules.keys() - stands.keys():  # asked by hand before the clock saw it
                if last := schedules.last_run(tx, unseen):
                    ran[unseen] = last
            return [
                self._brief(one, stands.get(name), agreed.get((name, one.digest), frozenset()), ran.get(name))
                for name, one in sorted(self._schedules.items())
            ]

        return self._db.read(read)

    def next_runs(self, one: Schedule, count: int = RUNS) -> Sequence[datetime]:
        """When a schedule, also one that is only thought of, runs next; in its zone."""
        return self._runs(one, None, count)

    def _runs(self, one: Schedule, skips: datetime | None, count: int) -> tuple[datetime, ...]:
        found: list[datetime] = []
        due = self._next_due(one, self._now())
        while due is not None and len(found) < count:
            if due != skips:
                found.append(due.astimezone(ZoneInfo(one.zone)))
            due = self._next_due(one, due)
        return tuple(found)

    def _brief(
        self, one: Schedule, stands: Standing | None, agreed: frozenset[str], last: Brief | None
    ) -> ScheduleBrief:
        skips = stands.skips if stands and stands.skips and stands.skips > self._now() else None
        runs = self._runs(one, skips, RUNS)
        return ScheduleBrief(
            name=one.name,
            line=f"/{one.line}",
            when=one.when,
            owner=one.owner,
            channel=one.channel,
            digest=one.digest,
            approved_by=tuple(sorted(agreed)),
            disabled=stands.disabled if stands else None,
            next_due=runs[0] if runs else None,
            last=last,
            next_runs=runs,
            paused_by=stands.paused_by if stands else "",
            paused_at=stands.paused_at if stands else None,
            skips=skips and skips.astimezone(ZoneInfo(one.zone)),
            configured=self._schedules.is_configured(one.name),
            mail=one.mail,
        )

    # -- changes -----------------------------------------------------------------------------------

    def approve_schedule(self, name: str, digest: str, person: str) -> None:
        """Record that a person agrees to this schedule as it reads now."""

        def change(tx: Connection) -> None:
            schedules.approve(tx, name, digest, person, self._now())
            self._write(tx, Event.SCHEDULE_APPROVED, name, person, f"{name} {digest}")

        self._db.write(change)

    def add_schedule(self, one: Schedule, operation: int) -> None:
        """Add a schedule; who agreed to the operation that adds it has agreed to it as it reads.

        The second time nothing changes.
        """

        def change(tx: Connection) -> None:
            now = self._now()
            if not chat_schedules.add(tx, one, operation, now):
                return
            schedules.note(tx, one.name, one.digest, now)
            for each in approvals.of(tx, operation):
                if each.agrees:
                    schedules.approve(tx, one.name, one.digest, each.person, each.at)
            detail = f"{one.name}: {one.when}, in {one.channel}, at most {one.most_deletions} deletions a run"
            audit.write(
                tx,
                audit.line(
                    Event.SCHEDULE_ADDED,
                    now,
                    person=one.owner,
                    operation=operation,
                    line=one.line,
                    detail=f"{detail}; {one.digest}",
                ),
            )

        self._db.write(change)
        self.take_up()

    def pause_schedule(self, name: str, person: str) -> None:
        """It does not run until somebody resumes it."""

        def change(tx: Connection) -> None:
            self._note(tx, name)
            schedules.pause(tx, name, person, self._now())
            self._write(tx, Event.SCHEDULE_PAUSED, name, person, name)

        self._db.write(change)

    def resume_schedule(self, name: str, person: str) -> None:
        """It runs again, from now on."""

        def change(tx: Connection) -> None:
            schedules.resume(tx, name, self._now())
            self._write(tx, Event.SCHEDULE_RESUMED, name, person, name)

        self._db.write(change)

    def skip_run(self, name: str, due: datetime, person: str) -> None:
        """It passes over one run."""

        def change(tx: Connection) -> None:
            self._note(tx, name)
            schedules.skip(tx, name, due)
            self._write(tx, Event.SCHEDULE_SKIPPED, name, person, f"{name}: the run of {due.isoformat()}")

        self._db.write(change)

    def remove_schedule(self, name: str, person: str) -> None:
        """Forget a schedule that was added from chat; the second time nothing changes."""

        def change(tx: Connection) -> None:
            if name in chat_schedules.every(tx):
                self._write(tx, Event.SCHEDULE_REMOVED, name, person, name)
                chat_schedules.remove(tx, name)

        self._db.write(change)
        self.take_up()

    def run_schedule(self, name: str, key: str) -> None:
        """Ask a schedule's line now, once for this key."""
        self._run_now(self._schedules[name], key)

    def _note(self, tx: Connection, name: str) -> None:
        """It stands somehow, also when no clock has seen it yet."""
        known = self._schedules.get(name)
        if known is not None:
            schedules.note(tx, name, known.digest, self._now())

    def _write(self, tx: Connection, event: Event, name: str, person: str, detail: str) -> None:
        known = self._schedules.get(name)  # None: it was removed a moment ago
        line = known.line if known else ""
        audit.write(tx, audit.line(event, self._now(), person=person, line=line, detail=detail))
