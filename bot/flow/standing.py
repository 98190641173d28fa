"""A schedule that may not run any more is disabled, loudly."""

from sqlalchemy import Connection

from bot.flow.path import Path
from bot.schedule import Schedule
from bot.store import audit, outbox, schedules
from bot.store.audit import Event
from bot.store.outbox import Mail
from bot.words import Words, to_json, words


def disable(path: Path, tx: Connection, schedule: Schedule, why: Words, run: str) -> None:
    """Stop a schedule until it is edited or approved again, and say so in its channel, once for each run."""
    now = path.now()
    schedules.disable(tx, schedule.name, why)
    audit.write(
        tx,
        audit.line(
            Event.SCHEDULE_DISABLED,
            now,
            person=schedule.owner,
            line=schedule.line,
            detail=f"{schedule.name}: {why}",
        ),
    )
    said = words(
        "{owner}: the schedule {name} is disabled, nothing was done: {why}",
        owner=schedule.owner,
        name=schedule.name,
        why=why,
    )
    outbox.put(
        tx,
        f"disabled:{schedule.name}:{run}",
        Mail.NOTICE,
        now,
        channel=schedule.channel,
        person=schedule.owner,
        language=path.language_in(schedule.channel),
        body=to_json(said),
    )
