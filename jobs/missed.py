"""A run that did not happen: in the audit log, and in the channel when no later run made up for it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bot.flow.path import Path
from bot.operation import Door
from bot.schedule import Schedule
from bot.store import audit, outbox
from bot.store.audit import Event
from bot.store.outbox import Mail
from bot.words import to_json, words
from jobs.due import Due


def write(tx: Connection, schedule: Schedule, missed: Iterable[Due], now: datetime) -> None:
    """One audit line for each run that was missed."""
    lines = [
        audit.line(
            Event.SCHEDULE_MISSED,
            now,
            person=schedule.owner,
            door=Door.CLOCK,
            line=schedule.line,
            detail=f"{schedule.name}: the run of {due.local} {schedule.zone} was missed",
        )
        for due in missed
    ]
    audit.write(tx, *lines)


def tell(path: Path, tx: Connection, schedule: Schedule, due: Due) -> None:
    """Say in the schedule's channel that its newest run is too late to begin; once."""
    said = words(
        "{owner}: the schedule {name} missed its run of {due}, since toban was not at work then;"
        " it may begin at most {grace} late. “/schedule run {name}” asks for it now.",
        owner=schedule.owner,
        name=schedule.name,
        due=due.at,
        grace=schedule.grace,
    )
    outbox.put(
        tx,
        f"missed:{schedule.name}:{due.local}",
        Mail.NOTICE,
        path.now(),
        channel=schedule.channel,
        language=path.language_in(schedule.channel),
        body=to_json(said),
    )
