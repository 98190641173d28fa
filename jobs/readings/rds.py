"""RDS and Aurora: failovers, low storage, backups, and what else happens to databases.

Source: "Amazon RDS event categories and event messages" and "Creating a rule that triggers on an Amazon RDS
event" (RDS user guide).
"""

import re
from collections.abc import Iterator, Mapping

from bot.event import Event
from bot.plan import Offer
from bot.trouble import Phase, Reading
from bot.words import Words, words
from jobs.readings import naming, rds_events
from jobs.readings.fields import clipped, prose, tail, text, texts
from jobs.readings.rds_events import Meaning

KINDS = (
    "RDS DB Instance Event",
    "RDS DB Cluster Event",
    "RDS DB Snapshot Event",
    "RDS DB Cluster Snapshot Event",
)
_SNAPSHOT = re.compile(r"(?:rds:)?(.+?)-\d{4}-\d\d-\d\d-\d\d-\d\d")  # what RDS calls its automatic snapshots


_SAID: Mapping[tuple[str, Phase], Words] = {
    ("failover", Phase.BEGINS): words("a failover has begun"),
    ("failover", Phase.GOES_ON): words("the failover does not go smoothly"),
    ("failover", Phase.ENDS): words("the failover is over"),
    ("availability", Phase.BEGINS): words("it is down"),
    ("availability", Phase.ENDS): words("it is up again"),
    ("storage", Phase.BEGINS): words("storage runs out"),
    ("storage", Phase.ENDS): words("it has more storage"),
    ("key", Phase.BEGINS): words("its KMS key cannot be used"),
    ("key", Phase.ENDS): words("its KMS key can be used again"),
    ("replication", Phase.BEGINS): words("replication has stopped"),
    ("replication", Phase.ENDS): words("replication goes on"),
    ("recovery", Phase.BEGINS): words("it is being recovered"),
    ("recovery", Phase.ENDS): words("it is recovered"),
    ("maintenance", Phase.BEGINS): words("it is down for maintenance"),
    ("maintenance", Phase.ENDS): words("its maintenance is over"),
    ("backup", Phase.BEGINS): words("a backup went wrong"),
    ("backup", Phase.ENDS): words("it is backed up"),
    ("started by itself", Phase.TELLS): words("it starts by itself, since nothing stays stopped for long"),
    ("memory", Phase.TELLS): words("it is critically low on memory"),
}

_BY_ID: Mapping[str, Words] = {
    "RDS-EVENT-0031": words("it has failed, and has to be restored"),
    "RDS-EVENT-0069": words("the failover has failed"),
    "RDS-EVENT-0087": words("it was stopped"),
    "RDS-EVENT-0221": words("it was shut down, since its storage is full"),
}


def read(event: Event) -> Reading:
    """What happened to a database.  Raises ValueError when none is named."""
    detail = event.detail
    arn = text(detail, "SourceArn", most=250) or text(next(iter(event.resources), ""), most=250)
    source = text(detail, "SourceIdentifier", most=255) or tail(arn)
    if not source:
        raise ValueError("an event of RDS that names no database")
    database = _database(source)
    meant = rds_events.meaning(text(detail, "EventID"), texts(detail, "EventCategories"))
    return Reading(
        subject=f"rds:{event.account}/{event.region}/{database}:{meant.about}"[:300],
        phase=meant.phase,
        title=_title(event, meant, clipped(database, 60)),
        severity=meant.severity,
        facts=tuple(_facts(event, database, source)),
        names=naming.names(event, database=naming.name(database)),
        offers=_offers(meant, naming.name(database)),
        cause=naming.cause(event, "RDS"),
    )


def _database(source: str) -> str:
    """The database; of an automatic snapshot, the one that it was made of."""
    found = _SNAPSHOT.fullmatch(source)
    return found[1] if found else source.removeprefix("rds:")


def _title(event: Event, meant: Meaning, database: str) -> Words:
    said = _BY_ID.get(text(event.detail, "EventID")) or _SAID.get((meant.about, meant.phase))
    what = said or prose(event.detail, "Message", most=80) or meant.about
    return words("{database}: {what}", database=database, what=what)


def _facts(event: Event, database: str, source: str) -> Iterator[Words]:
    if message := prose(event.detail, "Message"):
        yield words("RDS says: {message}", message=message)
    categories = ", ".join(texts(event.detail, "EventCategories"))
    if number := text(event.detail, "EventID"):
        yield words("{id}, category {category}", id=number, category=clipped(categories, 100) or "–")
    if source not in {database, f"rds:{database}"}:
        yield words("snapshot {snapshot}", snapshot=clipped(source, 120))


def _offers(meant: Meaning, database: str) -> tuple[Offer, ...]:
    show = naming.offers("rds list", words("Show {target}", target=database), [database])
    if meant.about == "started by itself":
        return (*naming.offers("rds stop", words("Stop {target}", target=database), [database]), *show)
    return show
