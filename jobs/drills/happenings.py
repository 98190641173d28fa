"""What AWS says while a drill is under way: events of databases, caches, groups; targets; alarms that ring.

Each is asked for itself: what is broken, or denied, hides nothing of the others.
"""

import logging
from collections.abc import Callable, Iterable, Iterator

from aws import alarm, autoscaling_group, cache, database_events
from aws.account import Place
from aws.errors import AwsError
from bot.drill import Alarm, Drill, Mark, Source, Watched
from bot.flow.path import Path
from bot.words import words
from jobs.drills import health

log = logging.getLogger("toban.drills")
RINGS = "ALARM"


def look(path: Path, drill: Drill) -> tuple[list[Mark], frozenset[Alarm] | None]:
    """The marks of what happened since it was begun, and which of its alarms ring now.

    None: they cannot be seen just now.
    """
    found = [mark for one in drill.spec.watched for mark in _about(path, drill, one)]
    ringing = _ringing(path, drill)
    return found, None if ringing is None else frozenset(ringing)


def _about(path: Path, drill: Drill, one: Watched) -> list[Mark]:
    read = _READ.get(one.kind)
    if read is None:
        return []
    try:
        return list(read(path, drill, one))
    except AwsError as error:
        log.warning("%s is not seen: %s", one.id, error, extra={"action": "drills.unseen"})
        return []


def _database(path: Path, drill: Drill, one: Watched) -> Iterator[Mark]:
    rds = path.aws.rds(Place(one.account, one.region))
    is_cluster = one.kind == "cluster"
    noted = database_events.since(rds, one.id, drill.begun, is_cluster=is_cluster, now=path.now())
    for each in noted:
        said = words("{id}: {message}", id=one.id, message=each.message)
        yield Mark(each.at, Source.AWS, said, f"rds/{one.id}/{each.at.isoformat()}/{each.message}"[:200])


def _cache(path: Path, drill: Drill, one: Watched) -> Iterator[Mark]:
    elasticache = cache.client(path.aws, Place(one.account, one.region))
    for each in cache.since(elasticache, one.id, drill.begun, now=path.now()):
        said = words("{id}: {message}", id=one.id, message=each.message)
        yield Mark(each.at, Source.AWS, said, f"cache/{one.id}/{each.at.isoformat()}/{each.message}"[:200])


def _group(path: Path, drill: Drill, one: Watched) -> Iterator[Mark]:
    autoscaling = path.aws.autoscaling(Place(one.account, one.region))
    for each in autoscaling_group.activities(autoscaling, one.id, most=50):
        if each.at >= drill.begun:
            said = words("{id}: {message}", id=one.id, message=each.what)
            yield Mark(each.at, Source.AWS, said, f"asg/{one.id}/{each.at.isoformat()}/{each.what}"[:200])


_READ: dict[str, Callable[[Path, Drill, Watched], Iterable[Mark]]] = {
    "database": _database,
    "cluster": _database,
    "cache": _cache,
    "group": _group,
    "targets": health.changes,
}


def _ringing(path: Path, drill: Drill) -> Iterable[Alarm] | None:
    """Those of its alarms that ring; all are in the drill's own place.  None: nobody can say."""
    meant = {one.name: one for one in drill.spec.stop_alarms}
    if not meant:
        return ()
    cloudwatch = alarm.client(path.aws, Place(drill.spec.account, drill.spec.region))
    try:
        states = alarm.states(cloudwatch, tuple(meant))
    except AwsError as error:
        log.warning("its alarms are not seen: %s", error, extra={"action": "drills.unseen"})
        return None
    return [meant[name] for name, state in states.items() if state == RINGS]
