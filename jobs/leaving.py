"""The owner of a schedule who left the workspace: nothing runs with the rights of somebody who is gone."""

from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from bot.bell import Topic
from bot.flow import standing
from bot.flow.path import Path
from bot.schedule import Schedule
from bot.store import schedules
from bot.words import Words, words

LOOK_EVERY = timedelta(hours=1)  # at the schedules; at each person once a day
DAILY, AT_A_RUN = timedelta(days=1), timedelta(minutes=5)
"""How long what Slack said of a person is believed."""


def why(path: Path, schedule: Schedule, fresh: timedelta) -> Words | None:
    """Why a schedule may not go on without its owner, and what to do; None while the owner is there."""
    if not path.people.has_left(schedule.owner, fresh):
        return None
    again = f'/schedule add "{schedule.when}" --name {schedule.name} "/{schedule.line}"'
    return words(
        "its owner {owner} is no longer in this workspace. Somebody who stays can take it over:"
        " if it stands in the config file, name another owner there;"
        " otherwise “/schedule remove {name}”, then: {again}",
        owner=schedule.owner,
        name=schedule.name,
        again=again,
    )


def look(path: Path) -> None:
    """Disable the schedules whose owners left, also those that are not due for long."""
    for one in tuple(path.schedules.values()):
        said = why(path, one, DAILY)
        if said is not None:
            path.db.write(partial(_disable, path, one, said))
            path.ring(Topic.MAIL)


def _disable(path: Path, one: Schedule, said: Words, tx: Connection) -> None:
    stands = schedules.standing(tx, one.name)
    if stands and stands.digest == one.digest and stands.disabled is None:
        standing.disable(path, tx, one, said, f"left/{path.now():%Y-%m-%dT%H:%M:%S}")
