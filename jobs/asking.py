"""A due time becomes an ask, the same as if its owner had typed the line.

The ask is committed first and what was seen to afterwards: whatever stops in between, the ask's key lets
the next look find it there.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.arguments import UsageError
from bot.flow import standing
from bot.flow.path import Path
from bot.flow.receive import Accepted, Declined, Received, Repeated, receive
from bot.grammar.grammar import HelpWanted
from bot.operation import Asker, Door
from bot.schedule import Schedule
from bot.store import schedules
from bot.words import Words, words
from jobs import leaving, missed
from jobs.due import dues
from jobs.overdue import Decision, decide


def ask_due(path: Path, schedule: Schedule, now: datetime) -> int | None:
    """See to all that fell due of one schedule, taking it to be `now`.

    Returns the number of the operation, if one began.
    """
    decision = path.db.read(lambda tx: _decision(tx, schedule, now))
    if decision is None or (decision.ask and not path.people.are_known()):
        return None  # who may do what is not known while Slack is away: the next look asks, within the grace
    received, refused = _ask(path, schedule, decision.ask.local) if decision.ask else (None, None)
    path.db.write(lambda tx: _settle(path, tx, schedule, now, refused))
    return received.number if isinstance(received, Accepted) else None


def run_now(path: Path, schedule: Schedule, key: str) -> None:
    """Ask a schedule's line now, once for this key, with its owner's rights and as loudly as at night."""
    _, refused = _ask(path, schedule, f"now/{key}")
    if refused is not None:
        path.db.write(lambda tx: standing.disable(path, tx, schedule, refused, f"now/{key}"))


def _decision(tx: Connection, schedule: Schedule, now: datetime) -> Decision | None:
    """What is to be done about the runs nobody has seen to yet; None: there are none.

    Those of a disabled schedule are passed over, since its channel was told when it was disabled; so are
    those of a paused one, and the one run that somebody asked to skip.
    """
    stands = schedules.standing(tx, schedule.name)
    if stands is None or stands.digest != schedule.digest:
        return None
    found = dues(schedule, stands.seen_until, now)
    if not found:
        return None
    if stands.disabled or stands.paused_by:
        return Decision(None, ())
    return decide(schedule, [due for due in found if due.at != stands.skips], now)


def _ask(path: Path, schedule: Schedule, run: str) -> tuple[Received | None, Words | None]:
    """What came of the ask for one run, and why the schedule may not go on, if so."""
    asker = Asker(schedule.owner, channel=schedule.channel, language=path.language_in(schedule.channel))
    key = f"schedule/{schedule.name}/{run}"
    if (gone := leaving.why(path, schedule, leaving.AT_A_RUN)) is not None:
        return None, gone
    try:
        received = receive(path, key, Door.CLOCK, asker, schedule.line, schedule.name)
    except UsageError as error:
        return None, error.said
    match received:
        case Declined(why):
            return received, why
        case HelpWanted():
            return received, words("its line asks for nothing")
        case Accepted() | Repeated():
            return received, None


def _settle(path: Path, tx: Connection, schedule: Schedule, now: datetime, refused: Words | None) -> None:
    """Record what was seen to, looked at again inside the transaction: two clocks record it once."""
    decision = _decision(tx, schedule, now)
    if decision is None:
        return
    missed.write(tx, schedule, decision.missed, now)
    if decision.newest_missed:
        missed.tell(path, tx, schedule, decision.newest_missed)
    if refused is not None:
        run = decision.ask.local if decision.ask else f"{now:%Y-%m-%dT%H:%M:%S}"
        standing.disable(path, tx, schedule, refused, run)
    schedules.saw(tx, schedule.name, now)
