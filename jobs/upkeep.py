"""What has had its time: events that nobody asks for any more go, and what only tells ends by itself."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.bell import Topic
from bot.flow.path import Path
from bot.flow.telling import note, show
from bot.life import has_had_its_time
from bot.store import events, troubles
from bot.store.audit import Event
from bot.trouble import A_DAY, State, Trouble

log = logging.getLogger("toban.events")
FADE_EVERY, PRUNE_EVERY = timedelta(minutes=1), timedelta(minutes=10)
AT_ONCE = 500  # events in one delete: others write meanwhile


def fade(path: Path) -> int:
    """End what only tells and has had its time; how many that were."""
    rules, now = {rule.name: rule for rule in path.troubles.rules()}, path.now()
    shortest = min([A_DAY, *(rule.lasts for rule in rules.values() if rule.lasts)])
    due = [
        one
        for one in path.db.read(lambda tx: troubles.telling(tx, now - shortest))
        if has_had_its_time(one, rules.get(one.rule), now)
    ]
    if due:
        path.db.write(lambda tx: _end_all(path, tx, due, now))
        path.ring(Topic.MAIL)
    return len(due)


def _end_all(path: Path, tx: Connection, due: Sequence[Trouble], now: datetime) -> None:
    for one in due:
        _end(path, tx, one, now)


def _end(path: Path, tx: Connection, one: Trouble, now: datetime) -> None:
    """Once, however many look: somebody may just have heard more of it."""
    stands = troubles.get(tx, one.number)
    if stands is None or stands.last != one.last:
        return
    if troubles.move(tx, one.number, troubles.NOT_OVER, State.OVER, ended=now, next_stage=None):
        note(tx, Event.TROUBLE_ENDED, now, one)
        show(path, tx, one)


def prune(path: Path, keep: timedelta) -> int:
    """Delete a few of the events that came longer ago than that, the oldest first; how many."""
    before = path.now() - keep
    return path.db.write(lambda tx: events.prune(tx, before, AT_ONCE))


class Upkeep:
    """Looks now and then; a look that finds much goes on with the next."""

    def __init__(self, path: Path, keep: timedelta) -> None:
        self._path, self._keep = path, keep
        self._fades = self._prunes = path.now()

    def look(self) -> None:
        """Do what it is time for."""
        now = self._path.now()
        if now >= self._fades:
            self._fades = now + FADE_EVERY
            fade(self._path)
        if now >= self._prunes:
            pruned = prune(self._path, self._keep)
            self._prunes = now if pruned == AT_ONCE else now + PRUNE_EVERY
            if pruned:
                log.info("%d events had their time", pruned, extra={"action": "events.pruned"})
