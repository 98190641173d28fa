"""`toban doctor --fix`: what can be mended without asking anybody, and nothing else.

The folder of the database, migrations that are missing, and public channels that the app may join.
"""

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor import channels, server, sqlite_file
from bot.doctor.patient import Patient
from bot.doctor.server import Unreachable
from bot.doctor.sqlite_file import Unreadable
from bot.settings import Settings
from bot.slack.sight import Sight, SlackAway, SlackSaysNo
from bot.store.closed_door import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseInUse,
    OlderAtWork,
)
from bot.store.database import Database
from bot.store.migrate import up_to_date
from bot.store.schema import HEAD

JOIN = "channels:join"


def mended(who: Patient) -> list[str]:
    """What was done, and what was not and why, a sentence each."""
    done = list(_database(who.settings))
    return [*done, *_channels(who.slack, who.settings)] if who.slack else done


def _database(settings: Settings) -> Iterator[str]:
    if make_url(settings.database_url).get_backend_name() != "sqlite":
        with suppress(Unreachable):  # the check says what to do
            if server.version(settings.database_url) < HEAD:
                yield from _migrated(settings)
        return
    file = settings.database_file
    try:
        if not file.parent.exists():
            file.parent.mkdir(parents=True)
            yield f"made the folder {file.parent}"
        if file.exists() and (sqlite_file.damage(file) or sqlite_file.version(file) >= HEAD):
            return
    except Unreadable:
        return  # the check says what to do
    except OSError as error:
        yield f"could not make the folder {file.parent}: {error.strerror}"
        return
    yield from _migrated(settings)


def _migrated(settings: Settings) -> Iterator[str]:
    try:
        db = Database(settings.database_url)
        try:
            up_to_date(db)
        finally:
            db.close()
        yield "brought the database up to date"
    except (DatabaseInUse, DatabaseAway, DatabaseDamaged, DatabaseBusy, OlderAtWork) as error:
        yield f"did not touch the database: {error}"
    except (SQLAlchemyError, OSError) as error:
        yield f"could not bring the database up to date ({type(error).__name__})"


def _channels(slack: Sight, settings: Settings) -> Iterator[str]:
    try:
        may_join = JOIN in slack.who().scopes
    except (SlackAway, SlackSaysNo):
        return
    for channel in channels.named(settings) if may_join else ():
        try:
            seen = slack.channel(channel)
            if not (seen.is_member or seen.is_private or seen.is_archived):
                slack.join(channel)
                yield f"joined #{seen.name}"
        except (SlackAway, SlackSaysNo) as error:
            yield f"could not join {channel}: {error}"
