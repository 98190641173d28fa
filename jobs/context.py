"""What was going on when a trouble began: earlier times, toban's own changes, and what CloudTrail recorded.

Found out after its message is there, so that nobody waits for it; when more is to be found out is a row.
CloudTrail knows of a call some minutes after it ("typically within 15", "CloudTrail event delivery"), so what
was done just before is not there at once: everything but the picture is looked for once more, a while later.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from aws import deployment, instance, trail
from aws.account import Place
from aws.errors import AwsError
from bot.bell import Topic
from bot.brief import Change
from bot.flow import telling
from bot.flow.path import Path
from bot.store import changes, troubles
from bot.trouble import State, Trouble
from bot.words import Words, plural, words
from jobs import scaled
from jobs.deployed import Deployed
from jobs.pictured import Shows, picture
from jobs.spot_pools import crowded
from jobs.widget import Take, none

T = TypeVar("T")
log = logging.getLogger("toban.events")
BEFORE = timedelta(hours=1)  # before it began
LATER = timedelta(minutes=15)  # after it came, CloudTrail has what was done just before
KINDS = ("instance", "volume", "database", "group", "balancer", "snapshot", "function")
SPOT = ("spot:", "rebalance:")  # subjects of notices
MOST = 4  # things that CloudTrail recorded


def look(path: Path, take: Take = none, deployed: Deployed | None = None) -> int:
    """Find out what there is to know about each trouble that waits for it; how many there were.

    Deployments come last: CloudTrail is asked about each kind of them, and takes two questions a second.
    """
    known = deployed or Deployed(path, BEFORE)
    due = path.db.read(lambda tx: troubles.to_look(tx, path.now()))
    every = [_first_look(path, trouble, take) for trouble in due]
    for trouble, found in zip(due, every, strict=True):
        put = [] if trouble.storm else _safely(known.before, trouble)
        if put or not _is_first(trouble):
            _keep(path, trouble, [*put, *found])
    return len(due)


def _first_look(path: Path, trouble: Trouble, take: Take) -> list[Words]:
    """What there is to know about one, shown at once with its picture when nobody has looked before."""
    found = _found(path, trouble)
    if _is_first(trouble):
        shown = [] if trouble.storm else _safely(partial(picture, take, path), trouble)
        _keep(path, trouble, found, *shown)
    return found


def _found(path: Path, trouble: Trouble) -> list[Words]:
    """What there is to know; CloudTrail answers two questions a second, so for a storm it is not asked."""
    sources = [_earlier, _ours] if trouble.storm else [_earlier, _ours, _spread, _scaled, _recorded]
    return [said for source in sources for said in _safely(partial(source, path), trouble)]


def _is_first(trouble: Trouble) -> bool:
    """Whether nobody has looked since it began."""
    return trouble.look == trouble.came


def _safely(find_out: Callable[[Trouble], Iterable[T]], trouble: Trouble) -> list[T]:
    """A mistake of ours with one trouble must not stop the others, nor what else is known of it."""
    try:
        return list(find_out(trouble))
    except Exception:  # the edge of one question
        noted = {"action": "events.no-context"}
        log.exception("#A%s: something is not found out", trouble.number, extra=noted)
        return []


def _keep(path: Path, trouble: Trouble, found: Sequence[Words], *shown: Shows) -> None:
    """Store it, and show it in the trouble's message when it is news; a picture of an earlier begin goes."""

    def change(tx: Connection) -> None:
        now = troubles.get(tx, trouble.number) or trouble
        kept = None if _is_first(now) else now.chart
        chart = shown[0].chart if shown else kept
        troubles.found_out(tx, trouble.number, found, chart, _again(path, trouble, now))
        if shown and shown[0].png:
            telling.picture(path, tx, trouble, shown[0].chart, shown[0].png)
        if shown or tuple(found) != now.context:
            telling.show(path, tx, trouble)

    path.db.write(change)
    path.ring(Topic.MAIL)


def _again(path: Path, was: Trouble, now: Trouble) -> datetime | None:
    """When to look once more; None: it is too late for that, or a storm's."""
    if now.look != was.look:  # it has begun again meanwhile, or this is told already
        return now.look
    later = was.came + LATER if was.came and not was.storm else None
    return later if later and later > path.now() else None


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
            yield _of_ours(resource, change)


def _of_ours(resource: str, change: Change) -> Words:
    named: dict[str, Any] = {"action": change.action, "resource": resource, "when": change.when}
    named["number"] = change.number
    if change.schedule:
        return words(
            "toban did {action} with {resource} at {when}: operation #{number}, by the schedule {schedule}",
            schedule=change.schedule,
            **named,
        )
    return words("toban did {action} with {resource} at {when}: operation #{number}", **named)


def _recorded(path: Path, trouble: Trouble) -> Iterator[Words]:
    """What CloudTrail recorded about it in the hour before; nothing where it may not be read."""
    place = Place(trouble.account, trouble.region)
    for resource in _about(trouble)[:1]:
        try:
            there = trail.client(path.aws, place)
            found = list(trail.changed(there, resource, trouble.began - BEFORE, trouble.began))
        except AwsError:
            return
        for event in [one for one in found if not deployment.deployment(one)][:MOST]:
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


def _scaled(path: Path, trouble: Trouble) -> Iterator[Words]:
    """What its Auto Scaling group did by itself in the hour before."""
    return scaled.before(path, trouble, BEFORE)


def _about(trouble: Trouble) -> list[str]:
    return [name for kind in KINDS if (name := trouble.names.get(kind))]
