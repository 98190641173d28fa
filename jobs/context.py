"""What was going on when a trouble began: earlier times, toban's own changes, and what CloudTrail recorded.

Found out after its message is there, so that nobody waits for it; when more is to be found out is a row.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from aws import instance, trail
from aws.account import Place
from aws.errors import AwsError
from aws.metric import client, points
from bot.bell import Topic
from bot.chart import Chart, Series, Shape
from bot.flow import telling
from bot.flow.path import Path
from bot.store import changes, troubles
from bot.trouble import State, Trouble
from bot.words import Words, plural, words
from jobs.spot_pools import crowded
from jobs.widget import Take, none

T = TypeVar("T")
log = logging.getLogger("toban.events")
POINTS = 60  # of a picture
BEFORE = timedelta(hours=1)  # before it began
KINDS = ("instance", "volume", "database", "group", "balancer", "snapshot")
SPOT = ("spot:", "rebalance:")  # subjects of notices
MOST = 4  # things that CloudTrail recorded


@dataclass(frozen=True, slots=True)
class Shows:
    """The metric of an alarm: as a chart, which also says it in words, and as CloudWatch draws it."""

    chart: Chart
    png: bytes = b""  # b"": toban draws the chart


def look(path: Path, take: Take = none) -> int:
    """Find out what there is to know about each trouble that waits for it; how many there were."""
    due = path.db.read(lambda tx: troubles.to_look(tx, path.now()))
    for trouble in due:
        found, shows = _found(path, trouble, take)
        path.db.write(partial(_store, path, trouble=trouble, found=found, shows=shows))
    if due:
        path.ring(Topic.MAIL)
    return len(due)


def _found(path: Path, trouble: Trouble, take: Take) -> tuple[Sequence[Words], Shows | None]:
    """What there is to know; CloudTrail answers two questions a second, so for a storm it is not asked."""
    sources = [_earlier, _ours] if trouble.storm else [_earlier, _ours, _spread, _recorded]
    found = [said for source in sources for said in _safely(source, path, trouble)]
    shown = [] if trouble.storm else _safely(partial(_picture, take), path, trouble)
    return found, next(iter(shown), None)


def _safely(find_out: Callable[[Path, Trouble], Iterable[T]], path: Path, trouble: Trouble) -> list[T]:
    """A mistake of ours with one trouble must not stop the others, nor what else is known of it."""
    try:
        return list(find_out(path, trouble))
    except Exception:  # the edge of one question
        noted = {"action": "events.no-context"}
        log.exception("#A%s: something is not found out", trouble.number, extra=noted)
        return []


def _store(
    path: Path, tx: Connection, *, trouble: Trouble, found: Sequence[Words], shows: Shows | None
) -> None:
    troubles.found_out(tx, trouble.number, found, shows.chart if shows else None)
    if shows and shows.png:
        telling.picture(path, tx, trouble, shows.chart, shows.png)
    if found or shows:
        telling.show(path, tx, trouble)


def _earlier(path: Path, trouble: Trouble) -> Iterator[Words]:
    """How often it has been so, and when last."""
    known = path.db.read(lambda tx: troubles.of_subject(tx, trouble.subject, 50))
    before = [one for one in known if one.number < trouble.number and one.state is State.OVER]
    if before:
        yield plural(
            "it has been so {n} time before, last on {when}",
            "it has been so {n} times before, last on {when}",
            len(before),
            when=before[0].began,
        )


def _ours(path: Path, trouble: Trouble) -> Iterator[Words]:
    """What toban itself did last to what it is about, if that was shortly before."""
    for resource in _about(trouble):
        change = path.db.read(
            lambda tx, named=resource: changes.newest(tx, trouble.account, trouble.region, named)  # type: ignore[misc]
        )
        if change and trouble.began - BEFORE <= change.when <= trouble.began:
            yield words(
                "toban did {action} with {resource} at {when}: operation #{number}",
                action=change.action,
                resource=resource,
                when=change.when,
                number=change.number,
            )


def _recorded(path: Path, trouble: Trouble) -> Iterator[Words]:
    """What CloudTrail recorded about it in the hour before; nothing where it may not be read."""
    place = Place(trouble.account, trouble.region)
    for resource in _about(trouble)[:1]:
        try:
            there = trail.client(path.aws, place)
            found = list(trail.changed(there, resource, trouble.began - BEFORE, trouble.began))
        except AwsError:
            return
        for event in found[:MOST]:
            yield words("{who} called {call} at {when}", who=event.who or "–", call=event.name, when=event.at)


def _spread(path: Path, trouble: Trouble) -> Iterator[Words]:
    """Of a spot notice: the pool that carries more than half of what runs on spot in its region."""
    if not trouble.subject.startswith(SPOT):
        return
    ec2 = path.aws.ec2(Place(trouble.account, trouble.region))
    try:
        pool = crowded(instance.find(ec2, states=("running",), lifecycles=("spot",)))
    except AwsError as error:
        log.info("no pools of #A%s: %s", trouble.number, error, extra={"action": "events.no-pools"})
        return
    if pool:
        yield words(
            "{count} of the {total} spot instances in {region} are {type} in {zone}: more types and zones are"
            " lost less often at once",
            count=pool.count,
            total=pool.total,
            region=trouble.region,
            type=pool.type,
            zone=pool.zone,
        )


def _picture(take: Take, path: Path, trouble: Trouble) -> Iterator[Shows]:
    """The metric of an alarm before it rang, beside its threshold; none where it may not be read."""
    metric = trouble.metric
    if not metric or not int(metric["period"]):
        return
    cloudwatch = client(path.aws, Place(trouble.account, trouble.region))
    since = trouble.began - max(BEFORE, POINTS * timedelta(seconds=int(metric["period"])))
    try:
        found = points(cloudwatch, metric, since, path.now())[-POINTS:]
    except AwsError as error:
        log.info("no values for #A%s: %s", trouble.number, error, extra={"action": "events.no-picture"})
        if png := take(trouble, since):
            yield Shows(_unread(trouble), png)
        return
    if found:
        yield Shows(_chart(trouble, found, path.zone), take(trouble, since))


def _unread(trouble: Trouble) -> Chart:
    """A chart of which nothing is known but its name: toban may not read the values."""
    name, statistic = trouble.metric["name"], trouble.metric["statistic"]
    title = words("{metric} ({statistic})", metric=name, statistic=statistic)
    return Chart(title=title, alt=title, currency="", labels=(), series=(), shape=Shape.LINES)


def _chart(trouble: Trouble, found: Sequence[tuple[datetime, float]], zone: tzinfo) -> Chart:
    metric, values = trouble.metric, [Decimal(repr(value)) for _, value in found]
    series = [Series(metric["name"], tuple(values))]
    if "threshold" in metric:
        series.append(Series(words("threshold"), (Decimal(metric["threshold"]),) * len(values)))
    return Chart(
        title=words("{metric} ({statistic})", metric=metric["name"], statistic=metric["statistic"]),
        alt=words(
            "{metric}: from {low} to {high}, {last} last.",
            metric=metric["name"],
            low=f"{min(values):.4g}",
            high=f"{max(values):.4g}",
            last=f"{values[-1]:.4g}",
        ),
        currency="",
        labels=tuple(f"{at.astimezone(zone):%H:%M}" for at, _ in found),
        series=tuple(series),
        shape=Shape.LINES,
    )


def _about(trouble: Trouble) -> list[str]:
    return [name for kind in KINDS if (name := trouble.names.get(kind))]
