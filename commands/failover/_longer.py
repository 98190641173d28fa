"""Why users were out longer than the database says: its events beside how answers failed.  Pure.

What a failover asks of an application: "Failing over a Multi-AZ DB instance for Amazon RDS" (its connections
are gone, and its name gets another address).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from aws.database_events import BEGINS, COMPLETES
from bot.drill import Mark
from bot.measure import HOLDS
from bot.outages import Outage
from bot.timeline import offset
from bot.verdict import Fared, Verdict
from bot.verdict_said import MEANINGS, whole
from bot.words import Words, words

RDS = "rds/"  # of the keys of its events
APPLICATION = frozenset({"500", "502", "503"})
"""Errors of an application that is reached: the database may have been back already."""


@dataclass(frozen=True, slots=True)
class Failover:
    """A failover by RDS's own events."""

    begin: datetime
    end: datetime


def failover(marks: Sequence[Mark], since: datetime) -> Failover | None:
    """The first one from then on; None where RDS noted no begin or no end."""
    noted = [(one.at, _message(one)) for one in marks if one.key.startswith(RDS) and one.at >= since]
    begin = next((at for at, message in noted if message.startswith(BEGINS)), None)
    ends = (at for at, message in noted if begin and at >= begin and message.startswith(COMPLETES))
    end = next(ends, None)
    return Failover(begin, end) if begin and end else None


def said(verdict: Verdict, marks: Sequence[Mark]) -> list[Words]:
    """RDS's time beside the users', and where the difference was spent; nothing without a failover."""
    broken = verdict.drill.broken
    found = failover(marks, broken - timedelta(seconds=5)) if broken else None
    worst = verdict.worst
    if broken is None or found is None or worst is None:
        return []
    outage = _together(worst)
    ended = outage.ended.at if outage.ended else verdict.until
    return list(_compared(found, outage, ended, broken))


def _together(worst: Fared) -> Outage:
    """The longest outage with those beside it, where users were well only for a few questions in between."""
    longest = max(worst.outages, key=lambda one: one.asked)
    near, found = worst.probe.every * HOLDS, [longest]
    after = [one for one in worst.outages if one.began.at > longest.began.at]
    for one in after:
        if found[-1].ended is None or one.began.at - found[-1].ended.at > near:
            break
        found.append(one)
    return Outage(
        began=longest.began,
        ended=found[-1].ended,
        stretches=tuple(each for one in found for each in one.stretches),
        asked=sum(one.asked for one in found),
    )


def _compared(found: Failover, outage: Outage, ended: datetime, zero: datetime) -> Iterator[Words]:
    database, users = found.end - found.begin, ended - outage.began.at
    if users <= database + outage.error:
        yield words(
            "RDS took {database} for the failover by its own events, and users were out no longer: {users}.",
            database=whole(database),
            users=whole(users),
        )
        return
    yield words(
        "RDS took {database} for the failover by its own events ({begin} to {end}), but users were out for"
        " {users}: {longer} longer.",
        database=whole(database),
        begin=offset(found.begin - zero),
        end=offset(found.end - zero),
        users=whole(users),
        longer=whole(users - database),
    )
    if meanwhile := _errors(outage, ended, found.begin, found.end):
        yield words("While the database was away users got {errors}.", errors=tuple(meanwhile))
    if ended > found.end:
        yield from _afterwards(found, outage, ended)


def _afterwards(found: Failover, outage: Outage, ended: datetime) -> Iterator[Words]:
    """How it failed when the database was back, and what that hints at."""
    yield words(
        "For {length} after the database was back they still got {errors}.",
        length=whole(ended - found.end),
        errors=tuple(_errors(outage, ended, found.end, ended)),
    )
    if outage.stretches[-1].error in APPLICATION:
        yield words(
            "By then the application was reached and answered badly. Most often it still held connections to"
            " the old primary, or its workers had died: have the pool test connections before use, and let"
            " the health check wait for the database."
        )
    else:
        yield words(
            "By then nobody waited for the database any more. Most often the old address was still cached, or"
            " connections to it hung until their timeout: look the address up anew within seconds, and set"
            " timeouts for connecting and for reading."
        )


def _errors(outage: Outage, ended: datetime, begin: datetime, end: datetime) -> list[Words]:
    """The errors between two moments with what they mean, each once."""
    edges = [*(one.since for one in outage.stretches), ended]
    names = [
        one.error
        for one, (since, until) in zip(outage.stretches, pairwise(edges), strict=True)
        if since < end and until > begin
    ]
    return [_meaning(name) for name in dict.fromkeys(names)]


def _meaning(name: str) -> Words:
    if name not in MEANINGS:
        return words("{error}", error=name)
    return words("{error} ({meaning})", error=name, meaning=MEANINGS[name])


def _message(one: Mark) -> str:
    """RDS's own words: they stand in the key behind the moment."""
    return one.key.split("/", 3)[-1].strip().casefold()
