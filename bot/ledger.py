"""toban's own state as commands may read and change it: the Ledger of `bot.command`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import search as log
from bot.audit import watch
from bot.brief import AuditLine, AuditQuery, Brief, Change, Held, NightBrief
from bot.operation import ENDS, Operation, State
from bot.schedule import Schedule
from bot.schedule_ledger import NextDue, RunNow, ScheduleLedger
from bot.schedules import Schedules
from bot.store import audit, changes, nights, operations, outbox, reviews, schedules, tellings
from bot.store.audit import Event
from bot.store.database import Database
from bot.words import Words

Cancel = Callable[[int, str], Words]

NOT_ENDED = frozenset(State) - ENDS
OPEN_AT_MOST = 1_000  # operations in one list


class StoredLedger(ScheduleLedger):
    """The ledger over the database; what begins work is handed in by `bot.wiring`."""

    def __init__(
        self,
        db: Database,
        known: Schedules,
        audit_key: bytes,
        *,
        now: Callable[[], datetime],
        cancel: Cancel,
        run_now: RunNow,
        next_due: NextDue,
    ) -> None:
        super().__init__(db, known, now=now, run_now=run_now, next_due=next_due)
        self._key = audit_key
        self._cancel = cancel

    # -- operations --------------------------------------------------------------------------------

    def pending(self) -> Sequence[Brief]:
        """Operations that wait for somebody or are under way, newest first."""
        return self._db.read(lambda tx: operations.briefs(tx, NOT_ENDED, OPEN_AT_MOST))

    def operation(self, number: int) -> Brief | None:
        """One operation, or None."""
        found = self._db.read(lambda tx: operations.get(tx, number))
        return None if found is None else brief(found)

    def is_open(self, number: int) -> bool:
        """Whether an operation is there and has not ended."""
        found = self._db.read(lambda tx: operations.get(tx, number))
        return found is not None and found.state in NOT_ENDED

    def cancel(self, number: int, person: str) -> Words:
        """Ask an operation to stop between batches; says how far that goes."""
        return self._cancel(number, person)

    def nights(self, verb: str, since: datetime) -> Sequence[NightBrief]:
        """The runs of a verb since then, newest first, those that were missed too."""
        line = verb.replace(".", " ", 1)
        nightly = [one for one in self._schedules.values() if f"{one.line} ".startswith(f"{line} ")]

        def read(tx: Connection) -> list[NightBrief]:
            ran = nights.of(tx, line, since)
            return ran + [lost for one in nightly for lost in self._missed(tx, one, since)]

        return sorted(self._db.read(read), key=lambda one: (one.at, one.number or 0), reverse=True)

    def told_file(self, number: int) -> str:
        """What stands in the file in which an operation's verb told how it went; "" when there is none."""
        told = self._db.read(lambda tx: tellings.of(tx, number))
        return told.file.text if told and told.file else ""

    def held(self) -> Sequence[Held]:
        """The planned steps of open operations that wait for their moment, the soonest first."""
        return self._db.read(changes.held)

    def last_change(self, account: str, region: str, resource: str) -> Change | None:
        """The newest step that was done on a resource; None when there was never any."""
        return self._db.read(lambda tx: changes.newest(tx, account, region, resource))

    def was(self, account: str, region: str, resource: str, action: str) -> Sequence[tuple[str, str]]:
        """What a resource was before the newest step of this action that was done on it; () for none."""
        return self._db.read(lambda tx: changes.was(tx, account, region, resource, action))

    def _missed(self, tx: Connection, one: Schedule, since: datetime) -> Sequence[NightBrief]:
        standing = schedules.standing(tx, one.name)
        begun = nights.known_since(tx, one.name)
        if begun is None:
            return ()
        asked = nights.dates(tx, one.name, since)
        return nights.missed(one, asked, max(begun, since), self._now(), self._next_due, standing)

    def unreviewed(self) -> Sequence[Brief]:
        """Emergencies that nobody has looked at since, newest first."""
        return self._db.read(reviews.unreviewed)

    def review(self, number: int, person: str) -> None:
        """Record that a person looked at an emergency."""

        def change(tx: Connection) -> None:
            now = self._now()
            reviews.review(tx, number, person)
            audit.write(tx, audit.line(Event.REVIEWED, now, person=person, operation=number))
            outbox.touch(tx, number, now)

        self._db.write(change)

    # -- the audit log -----------------------------------------------------------------------------

    def search(self, query: AuditQuery) -> Sequence[AuditLine]:
        """Audit lines, newest first."""
        wanted = log.Query(
            person=query.person,
            resource=query.resource,
            operation=query.operation,
            since=query.since,
            until=query.until,
            outcome=query.outcome,
            limit=query.limit,
        )
        return [_line(row) for row in self._db.read(lambda tx: log.search(tx, wanted))]

    def audit_is_broken(self) -> bool:
        """Whether a break in the audit chain waits to be looked at."""
        return self._db.read(watch.is_open)

    def acknowledge_break(self, person: str, reason: str) -> None:
        """Let changes go on after a break in the audit chain was looked at."""
        self._db.write(lambda tx: watch.acknowledge(tx, self._key, person, reason, self._now()))


def brief(operation: Operation) -> Brief:
    """An operation in one line."""
    ask = operation.ask
    return Brief(operation.number, operation.state, f"/{ask.line}", ask.asker.person, ask.at)


def _line(row: log.Row) -> AuditLine:
    return AuditLine(
        row.id,
        row.at,
        row.event,
        row.person,
        row.door,
        row.operation,
        row.line,
        row.action,
        row.account,
        row.region,
        row.resource,
        row.outcome,
        row.request_id,
        row.detail,
    )
